// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The step, the nodes and the certified errors of `WaitingQuadrature`, nodes t_k = e^(kh), time
/// measured so that the rarest class that must come has rate 1.
///
/// Any step and any range of nodes is allowed; the errors are bounded for those that are chosen.
/// Exponents of these bounds are `Double`s with a margin far above their rounding: each logarithm
/// is a sum of terms that err by less than 2^-40 of their sizes, so by less than 2^-30 of the sum
/// of these.
struct WaitingPlan {
  let strip: WaitingStrip
  /// Nodes up to this one are summed in closed form, with P replaced by 0.
  let lastClosed: Int
  /// Nodes up to this one have P replaced by 0.
  let lastCertain: Int
  /// Nodes beyond this one are left out.
  let last: Int
  /// What all of this costs the integral of each moment, first and second.
  let errors: (first: Magnitude, second: Magnitude)
  /// log2 of the last time over a lower bound of the first integral.
  let rangeBits: Int

  /// - Parameters:
  ///   - bits: -log2 of the error to aim at, relative to each integral.
  /// - Returns: nil where the times leave the range of `Double`.
  init?(_ requirement: Requirement, _ sampling: SamplingScheme, bits: Int) {
    let nats = Double(bits) * ln2
    let tails = WaitingTails(requirement, sampling)
    let base = tails.logLeastIntegral
    strip = WaitingStrip(requirement, nats: nats + 2)
    let h = strip.step
    /// Whether e^log t and 2 e^log t^2, ln t = u, are negligible beside the integrals.
    func isNegligible(_ log: Double, _ u: Double) -> Bool {
      log + u <= base - nats - 3 && log + 2 * u <= 2 * base - nats - 3
    }
    guard
      let end = tails.end(
        step: h, nats: nats, target: (base - nats - 3, 2 * base - nats - 3))
    else { return nil }

    // P <= 1: everything before this node is negligible.
    let lowest = Int(((base - nats - 6) / h).rounded(.up)) - 1
    /// The last node up to which a condition holds, which holds at the lowest node.
    func lastNode(where holds: (Double) -> Bool) -> Int {
      var (low, high) = (lowest, end.node)
      while high - low > 1 {
        let middle = (low + high) / 2
        if holds(Double(middle) * h) { low = middle } else { high = middle }
      }
      return low
    }
    let certain = lastNode { isNegligible(tails.logReached($0), $0) }
    let logEnd = Double(end.node) * h
    let middle = lastNode { !isNegligible(tails.logMissed($0), logEnd) }
    lastCertain = certain
    // Closed form without replacement: t/min w <= 1/4; e^-1.5 < 1/4 leaves room for rounding.
    lastClosed =
      sampling == .withReplacement
      ? certain : min(certain, Int(((tails.logSmallest - 1.5) / h).rounded(.down)))
    last = max(certain, min(end.node, middle + 1))
    rangeBits = Int(max(0, (Double(last) * h - base) / 0.693)) + 1
    let start = Double(certain) * h
    let covered = tails.logReached(start)
    let missed = last < end.node ? tails.logMissed(Double(last) * h) : -.infinity
    // * Start, nodes t_k <= t: P increases, so h sum t_k P <= P(t) t h/(1 - e^-h) <= P(t) t (1 +
    //   h), and h sum 2 t_k^2 P <= P(t) t^2 (1 + 2h).
    // * Nodes from the last to the end: 1 - P falls, h sum t_k <= (1 + h) t_end, and h sum 2 t_k^2
    //   <= (1 + 2h) t_end^2. * Nodes beyond the end: `WaitingTails.end`.
    errors = (
      strip.errors.first + .exponential(covered + start + h + 0x1p-20) + .exponential(end.first)
        + .exponential(missed + logEnd + h + 0x1p-20),
      strip.errors.second + .exponential(covered + 2 * start + 2 * h + 0x1p-20)
        + .exponential(end.second) + .exponential(missed + 2 * logEnd + 2 * h + 0x1p-20)
    )
  }
}

extension Magnitude {
  /// An upper bound of e^x.
  static func exponential(_ x: Double) -> Magnitude {
    if x == -.infinity { return .zero }
    var value = Accumulator(precision: 64)
    value.set(x, rounding: .up)
    value.formExponential(rounding: .up)
    return Magnitude(value)
  }
}
