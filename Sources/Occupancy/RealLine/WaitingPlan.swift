// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
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
    guard let end = tails.end(step: h, nats: nats, target: (base - nats - 3, 2 * base - nats - 3))
    else { return nil }

    // P <= 1: everything before this node is negligible.
    let lowest = Int(saturating: max(((base - nats - 6) / h).rounded(.up), -0x1p60)) - 1
    /// The last node up to which a condition holds, which holds at the lowest node.
    func lastNode(where holds: (Double) -> Bool) -> Int {
      (lowest + 1..<max(lowest + 1, end.node)).first(fromWhichOn: { !holds(Double($0) * h) }) - 1
    }
    let certain = lastNode { isNegligible(tails.logReached($0), $0) }
    let logEnd = Double(end.node) * h
    let middle = lastNode { !isNegligible(tails.logMissed($0), logEnd) }
    lastCertain = certain
    // Closed form without replacement: t/min w <= 1/4; e^-1.5 < 1/4 leaves room for rounding.
    lastClosed =
      sampling == .withReplacement
      ? certain : min(certain, Int(saturating: ((tails.logSmallest - 1.5) / h).rounded(.down)))
    last = max(certain, min(end.node, middle + 1))
    rangeBits = Int(saturating: min(max(0, (Double(last) * h - base) / 0.693), 0x1p60)) + 1
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

/// The step of the trapezoidal rule, and what it errs by: for f analytic in |Im u| <= a and M the
/// integral of |f(u + ia)|, |h sum_k f(kh) - int f| <= 2 M / (e^(2 pi a/h) - 1) (Theorem 9).
///
/// Of the two bounds of M there, that for every class once, a function of C and a alone, and that
/// for any goal, k^(-2 - sum m_c) times the integral itself, k = cos a, the one with the larger step
/// is taken.
struct WaitingStrip {
  /// h, exactly this number.
  let step: Double
  /// What the rule errs by, for both moments.
  let errors: (first: Magnitude, second: Magnitude)
  /// What it errs by besides, relative to the integral.
  let relativeError: Magnitude

  /// The strip with the largest step for an aliasing error of e^-nats.
  init(_ requirement: Requirement, nats: Double) {
    let exponent = Double(requirement.totalCopies + 2)
    let any = Self.best(from: 0.007, to: 1.5) { a in
      2 * Double.pi * a / (nats + 3 - exponent * log(cos(a)))
    }
    let count = Double(requirement.classCount)
    let all =
      requirement.isComplete && requirement.isSingle
      ? Self.best(from: 0.0385, to: 1.54) { a in
        let logs = Self.logIntegrals(count, a)
        return 2 * Double.pi * a / (nats + 1 + max(logs.0, logs.1))
      } : (width: 0, step: 0)
    if all.step > any.step {
      step = all.step
      let logs = Self.logIntegrals(count, all.width)
      let alias = Self.logAlias(all.width, all.step)
      errors = (.exponential(logs.first + alias), .exponential(logs.second + alias))
      relativeError = .zero
    } else {
      step = any.step
      errors = (.zero, .zero)
      relativeError = .exponential(
        Self.logRelative(exponent, any.width) + Self.logAlias(any.width, any.step))
    }
  }

  /// ln of 2 k^-e, k = cos a, rounded up: the term errs by less than 2^-40 of its size.
  static func logRelative(_ e: Double, _ a: Double) -> Double {
    0.694 - e * log(cos(a)) * (1 + 0x1p-40)
  }

  /// ln of a bound of 1/(e^y - 1), y = 2 pi a/h: e^(-y) (1 + 2 e^-y) for y >= 1, ln(1 + 2 e^-y) <=
  /// 2 e^-y. The three operations for y err by less than 2^-50 of it, and 2^-20 exceeds the
  /// rounding of the rest.
  static func logAlias(_ a: Double, _ h: Double) -> Double {
    let decay = 2 * Double.pi * a / h
    precondition(decay > 1, "a strip in which the rule converges")
    return -decay * (1 - 0x1p-48) + 2 * exp(-decay) + 0x1p-20
  }

  /// The width with the largest step.
  private static func best(from first: Double, to last: Double, _ step: (Double) -> Double) -> (
    width: Double, step: Double
  ) {
    var best = (width: first, step: 0.0)
    let count = 80
    for i in 0...count {
      // Widths both equidistant and, below a tenth, in ratio.
      let share = Double(i) / Double(count)
      for a in [first + (last - first) * share, first * exp(log(last / first) * share)] {
        let step = step(a)
        if step > best.step { best = (a, step) }
      }
    }
    return best
  }

  /// ln 2M_1 and ln 2M_2 for every class once, rounded up: M_1 <= (L (1 + e^b) + e-1)/k and M_2 <=
  /// (L^2 (1 + e^b) + 2(e-1)(L+1))/k^2 (Theorem 9).
  static func logIntegrals(_ count: Double, _ a: Double) -> (first: Double, second: Double) {
    let (l, k) = (log(count) + 0x1p-40, cos(a) * (1 - 0x1p-40))
    let b = count / 2 * log1p(excess(cotangent: k / sin(a))) * (1 + 0x1p-40)
    // 1 + e^b <= 2 e^b; e - 1 < 1.72. The last term exceeds the rounding of the others.
    return (
      b + log(2 * (2 * l + 1.72) / k) + 0x1p-30,
      b + log(2 * (2 * l * l + 3.44 * (l + 1)) / (k * k)) + 0x1p-30
    )
  }

  /// An upper bound of sup over y > 0 of e^(-2x) - 2 e^(-x) cos y, x = y cot a, at least 0.
  ///
  /// For y <= 1 it is negative: e^(-x) <= 1 < 2 cos 1. From 1 to 3.2, past pi, it is bounded
  /// cell by cell, as e^(-x) decreases, and cos y until pi; beyond, by e^(-2x) + 2 e^(-x).
  static func excess(cotangent: Double) -> Double {
    let cells = 160
    var top = 0.0
    var before = exp(-cotangent)
    for i in 1...cells {
      let y = 1 + 2.2 * Double(i) / Double(cells)
      let after = exp(-cotangent * y)
      // No smaller than -1, and rounded down by more than the error of y.
      let cosine = y > 3.14 ? -1 : cos(y) - 0x1p-45
      top = max(top, before * before - 2 * (cosine > 0 ? after : before) * cosine)
      before = after
    }
    top = max(top, before * before + 2 * before)
    return top * (1 + 0x1p-40) + 0x1p-48
  }
}
