// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The step, the nodes and the certified errors of `GoalQuadrature`, nodes t_k = e^(kh), time measured so
/// that the rarest class has rate 1.
///
/// Any step and any range of nodes is allowed; the errors are bounded for those that are chosen.
/// Exponents of these bounds are `Double`s with a margin far above their rounding: each logarithm is a
/// sum of terms that err by less than 2^-40 of their sizes, so by less than 2^-30 of the sum of these.
struct GoalPlan {
  /// h, exactly this number.
  let step: Double
  /// Nodes up to this one are left out, or summed in closed form.
  let lastClosed: Int
  /// Nodes up to this one have P replaced by 0.
  let lastCertain: Int
  /// Nodes beyond this one are left out.
  let last: Int
  /// What the aliasing error is at most, relative to each integral.
  let aliasing: Magnitude
  /// What all else costs the integral of each moment, first and second.
  let errors: (first: Magnitude, second: Magnitude)
  /// log2 of the last time over a lower bound of the first integral.
  let rangeBits: Int

  /// - Parameters:
  ///   - bits: -log2 of the error to aim at, relative to each integral.
  /// - Returns: nil where the times leave the range of `Double`.
  init?(law: LabelLaw, sampling: SamplingScheme, goal: CoverageGoal, bits: Int) {
    let nats = Double(bits) * 0.693_147_180_559_945_4
    let tails = Tails(law: law, sampling: sampling, goal: goal)
    let exponent = Double(goal.copies * law.classCount + 2)
    let strip = Self.strip(exponent: exponent, nats: nats + 3)
    let h = strip.step
    step = h
    // 1/(e^y - 1) <= e^-y (1 + 2e^-y) for y >= 1, and y > 20; the operations for the difference err by
    // less than 2^-40 of its terms.
    let growth = -exponent * log(cos(strip.width))
    let decay = 2 * Double.pi * strip.width / h
    aliasing = .exponential(0.694 + growth - decay + 0x1p-40 * (growth + decay) + 0x1p-20)

    // E[T] >= m j, so the first integral is at least this (and the second at least its square).
    let base =
      log(Double(goal.copies * goal.classCount(of: law)))
      + law.smallestWeight.naturalLogarithm - (law.total + 1).naturalLogarithm - 0x1p-30
    func node(above logTime: Double) -> Int { Int((logTime / h).rounded(.up)) }

    // P <= 1: everything before this node is negligible.
    let lowest = node(above: base - nats - 6) - 1
    guard let end = tails.end(from: lowest, step: h, goal: (base - nats - 3, 2 * base - nats - 3))
    else { return nil }
    /// The last node up to which a condition holds, which holds at the lowest node.
    func lastNode(where holds: (Double) -> Bool) -> Int {
      var (low, high) = (lowest, end.node)
      while high - low > 1 {
        let middle = (low + high) / 2
        if holds(Double(middle) * h) { low = middle } else { high = middle }
      }
      return low
    }
    let certain = lastNode { u in
      tails.logReached(u) + u <= base - nats - 3
        && tails.logReached(u) + 2 * u <= 2 * base - nats - 3
    }
    let logEnd = Double(end.node) * h
    let middle = lastNode { u in
      let miss = tails.logMissed(u)
      return miss + logEnd > base - nats - 3 || miss + 2 * logEnd > 2 * base - nats - 3
    }
    let isFinite = sampling == .withoutReplacement
    lastCertain = certain
    lastClosed = isFinite ? lowest : certain
    last = max(certain, min(end.node, middle + 1))
    rangeBits = Int(max(0, (Double(last) * h - base) / 0.693)) + 1
    let start = Double(certain) * h
    let covered = tails.logReached(start)
    let low = Double(lowest) * h
    let stop = Double(last) * h
    let missed = last < end.node ? tails.logMissed(stop) : -.infinity
    func exponential(_ x: Double) -> Magnitude {
      x == -.infinity ? .zero : .exponential(x)
    }
    // * Start, nodes t_k <= t: P increases, so h sum t_k P <= P(t) t h/(1 - e^-h) <= P(t) t (1 + h), and
    //   h sum 2 t_k^2 P <= P(t) t^2 (1 + 2h).
    // * Without replacement the nodes before the lowest one are left out: likewise with P <= 1.
    // * Nodes from the last to the end: 1 - P falls, h sum t_k <= (1 + h) t_end, and h sum 2 t_k^2 <=
    //   (1 + 2h) t_end^2. * Nodes beyond the end: `Tails.end`.
    var first = exponential(covered + start + h + 0x1p-20) + .exponential(end.first)
    var second = exponential(covered + 2 * start + 2 * h + 0x1p-20) + .exponential(end.second)
    if isFinite {
      first = first + .exponential(low + h + 0x1p-20)
      second = second + .exponential(2 * low + 2 * h + 0x1p-20)
    }
    first = first + exponential(missed + logEnd + h + 0x1p-20)
    second = second + exponential(missed + 2 * logEnd + 2 * h + 0x1p-20)
    errors = (first, second)
  }

  /// The half-width a of the strip and the largest step h with k^-e e^(-2 pi a/h) <= e^-nats, k = cos a.
  private static func strip(exponent e: Double, nats: Double) -> (width: Double, step: Double) {
    var best = (width: 0.1, step: 0.0)
    for i in 0...120 {
      let a = 1.5 * exp(-0.1 * Double(i))
      let step = 2 * Double.pi * a / (nats - e * log(cos(a)))
      if step > best.step { best = (a, step) }
    }
    return best
  }
}

extension GoalPlan {
  /// Upper bounds of ln P and ln(1 - P) at the time e^u.
  struct Tails {
    let law: LabelLaw
    let sampling: SamplingScheme
    let goal: CoverageGoal

    private func splits(_ u: Double) -> [CopiesSplit] {
      let s = exp(u - law.smallestWeight.naturalLogarithm)
      // P(X = k) is proportional to (w x)^k/k! or binom(w, k) x^k with x = s, in units, or e^s - 1.
      let x =
        sampling == .withReplacement
        ? exp(u) / (law.scaledTotal * law.groups[0].probability) : expm1(s)
      return CopiesSplit.groups(of: law, sampling: sampling, point: x, copies: goal.copies)
    }

    private func factors(_ splits: [CopiesSplit]) -> [PartialTilt.Factor] {
      zip(law.groups, splits).map {
        .init(
          classCount: Double($0.classCount), logShort: $1.logShort - $1.logAll,
          logReached: $1.logReached - $1.logAll)
      }
    }

    /// Outward by more than the rounding of a logarithm.
    private func outward(_ x: Double) -> Double { x + 0x1p-30 * abs(x) + 0x1p-30 }

    /// ln P: a product, or Chernoff's bound.
    func logReached(_ u: Double) -> Double {
      let factors = factors(splits(u))
      if goal.isComplete(for: law) {
        return outward(factors.reduce(0) { $0 + $1.classCount * $1.logReached })
      }
      let needed = goal.classCount(of: law)
      return min(0, outward(PartialTilt(factors, side: .atLeast, bound: needed).logBound(needed)))
    }

    /// The classes that can be drawn m times. There are j at least, so the goal is missed only if one of
    /// them falls short.
    private func reachable(_ factors: [PartialTilt.Factor]) -> [PartialTilt.Factor] {
      zip(law.groups, factors).filter { group, _ in
        sampling == .withReplacement || group.weight.int ?? .max >= goal.copies
      }.map(\.1)
    }

    /// ln(1 - P): the sum over these classes, or Chernoff's bound.
    func logMissed(_ u: Double) -> Double {
      let factors = factors(splits(u))
      let any = logSum(reachable(factors).map { log($0.classCount) + $0.logShort })
      if goal.isComplete(for: law) { return outward(any) }
      let most = goal.classCount(of: law) - 1
      return outward(min(any, PartialTilt(factors, side: .atMost, bound: most).logBound(most)))
    }

    /// A node beyond which the sums are as small as asked for, with bounds of their logarithms.
    ///
    /// 1 - P(t) <= sum_c l_c(t) over the classes that can be drawn m times. Each l_c is the survival function of a sum of m independent exponential
    /// times, so its logarithm is concave and falls; then ln l_c(e^u) is concave in u, and so is
    /// ln(t^i l_c(t)), t = e^u. Where Q, its ratio over g steps, is at most 1/2, what follows a term x is at
    /// most x sum_(i>0) Q^(i/g) <= x g/(1 - Q) <= 2 g x.
    func end(
      from lowest: Int, step h: Double, goal target: (first: Double, second: Double)
    ) -> (node: Int, first: Double, second: Double)? {
      let g = max(1, Int((0.3 / h).rounded(.up)))
      func bounds(_ k: Int) -> (first: Double, second: Double)? {
        let (u, before) = (Double(k) * h, Double(k - g) * h)
        var terms: [Double] = []
        for (here, past) in zip(
          reachable(factors(splits(u))), reachable(factors(splits(before))))
        {
          // 2 ln t changes by 2gh; ln(1/2) with a margin for the rounding of both logarithms.
          let rounding = 0x1p-30 * (abs(here.logShort) + abs(past.logShort))
          guard 2 * (u - before) + here.logShort - past.logShort + rounding <= -0.7 else {
            return nil
          }
          terms.append(log(here.classCount) + here.logShort)
        }
        let sum = outward(logSum(terms)) + log(2 * Double(g) * h) + 0x1p-20
        return (sum + u, sum + 2 * u + 0.694)
      }
      func isEnough(_ k: Int) -> Bool {
        guard let bounds = bounds(k) else { return false }
        return bounds.first <= target.first && bounds.second <= target.second
      }
      // From the time 1 on, in growing steps; e^s must stay within Double.
      let limit =
        log(600.0) + (sampling == .withReplacement ? 30 : law.smallestWeight.naturalLogarithm)
      var (low, high) = (max(lowest, 0), max(lowest, 0) + g)
      while !isEnough(high) {
        if Double(high) * h > limit { return nil }
        (low, high) = (high, high + g)
      }
      while high - low > 1 {
        let middle = (low + high) / 2
        if isEnough(middle) { high = middle } else { low = middle }
      }
      return bounds(high).map { (high, $0.first, $0.second) }
    }
  }
}

/// ln of a sum of exponentials.
private func logSum(_ terms: [Double]) -> Double {
  let top = terms.max() ?? 0
  return top + log(terms.reduce(0) { $0 + exp($1 - top) })
}
