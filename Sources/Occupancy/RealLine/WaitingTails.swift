// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Upper bounds of ln P and ln(1 - P) at the time e^u, for `WaitingPlan`.
struct WaitingTails {
  private let product: OccupancyProduct
  /// ln of the smallest weight of a class that must come.
  let logSmallest: Double
  /// The least share of M of such a class.
  private let leastShare: Double
  /// Whether all classes come once without replacement: then the tails of each are e^(-r_c t) and
  /// its complement, whose logarithms stay in range where e^s does not.
  private let isElementary: Bool

  init(_ requirement: Requirement, _ sampling: SamplingScheme) {
    product = OccupancyProduct(requirement, sampling)
    let least = requirement.parts[0]
    logSmallest = least.weight.naturalLogarithm
    leastShare = least.probability
    isElementary = requirement.isSingle && sampling == .withoutReplacement
  }

  private var requirement: Requirement { product.requirement }

  /// ln of a lower bound of the first integral; the second is at least its square.
  ///
  /// Where all classes must come, the rarest alone has 1 - P >= e^-t, w_1 >= e^(-dt) and w_2 >= 2t
  /// e^(-2dt), d <= 1: both integrals are at least 2/9. Else E[T] is at least the fewest draws.
  var logLeastIntegral: Double {
    if requirement.isComplete { return -1.51 }
    return log(Double(requirement.leastDraws(product.sampling))) + logSmallest
      - (product.law.total + 1).naturalLogarithm - 0x1p-30
  }

  /// ln l_c and ln u_c of the classes of each part at the time e^u: the factors' tails where P(X =
  /// k) is proportional to (w x)^k/k! or binom(w, k) x^k with x = s, in units, or e^s - 1.
  private func logTails(_ u: Double) -> [(reached: Double, missed: Double)] {
    if isElementary {
      return requirement.parts.map {
        let y = exp(u) * ($0.probability / leastShare)
        return (log(-expm1(-y)), -y)
      }
    }
    return product.logTails(
      product.sampling == .withReplacement
        ? exp(u) / (product.law.scaledTotal * leastShare) : expm1(exp(u - logSmallest)))
  }

  /// Outward by more than the rounding of a logarithm.
  private func outward(_ x: Double) -> Double { x + 0x1p-30 * abs(x) + 0x1p-30 }

  /// ln P: a product, or Chernoff's bound.
  ///
  /// P rises with time, so what bounds it at e^-600 bounds it before, where times underflow to 0 and
  /// P does not.
  func logReached(_ time: Double) -> Double {
    let u = max(time, -600)
    if requirement.isComplete {
      return outward(zip(logTails(u), product.counts).reduce(0) { $0 + $1.1 * $1.0.reached })
    }
    return min(0, outward(shares(u).logBound(of: .atLeast, requirement.needed)))
  }

  /// The chances of all classes, as the factors of a tilt.
  private func shares(_ u: Double) -> ClassTilt {
    ClassTilt(
      classes: zip(logTails(u), product.counts).map { tails, count in
        .init(classCount: count, logShort: tails.missed, logReached: tails.reached)
      })
  }

  /// ln l_c of the classes that can come m times, and how many of each there are. There are j at
  /// least, so the goal is missed only if one of them falls short.
  private func missed(_ u: Double) -> [(log: Double, count: Double)] {
    zip(requirement.parts, zip(logTails(u), product.counts)).compactMap { part, tail in
      part.canBeReached(product.sampling) ? (tail.0.missed, tail.1) : nil
    }
  }

  /// ln(1 - P): the sum over these classes, or Chernoff's bound.
  func logMissed(_ u: Double) -> Double {
    let any = logSumOfExponentials(missed(u).map { log($0.count) + $0.log })
    if requirement.isComplete { return outward(any) }
    return outward(min(any, shares(u).logBound(of: .atMost, requirement.needed - 1)))
  }

  /// A node beyond which the sums are as small as asked for, with bounds of their logarithms.
  ///
  /// 1 - P(t) <= sum_c l_c(t) over the classes that can be drawn m times. Where t^i l_c(t), t = e^u,
  /// has fallen by a factor of e^f, f > 0, over g steps, what follows a term x is at most x
  /// sum_(i>0) e^(-fi/g) = x/(e^(f/g) - 1) <= x g/f (Theorem 9).
  func end(step h: Double, nats: Double, target: (first: Double, second: Double)) -> (
    node: Int, first: Double, second: Double
  )? {
    let g = max(1, Int(saturating: (0.03 / h).rounded(.up)))
    let stride = 10 * g
    func bounds(_ k: Int) -> (first: Double, second: Double)? {
      let (u, before) = (Double(k) * h, Double(k - g) * h)
      var terms: [Double] = []
      for (here, past) in zip(missed(u), missed(before)) {
        // 2 ln t changes by 2gh; with a margin for the rounding of both logarithms.
        let rounding = 0x1p-30 * (abs(here.log) + abs(past.log))
        let fall = past.log - here.log - 2 * (u - before) - rounding
        guard fall > 0 else { return nil }
        terms.append(log(here.count) + here.log - log(fall))
      }
      let sum = outward(logSumOfExponentials(terms)) + log(Double(g) * h) + 0x1p-20
      return (sum + u, sum + 2 * u + ln2)
    }
    func isEnough(_ k: Int) -> Bool {
      guard let bounds = bounds(k) else { return false }
      return bounds.first <= target.first && bounds.second <= target.second
    }
    // e^s must stay within Double where it is formed.
    let isFree = product.sampling == .withReplacement || isElementary
    let limit = log(600.0) + (isFree ? 30 : logSmallest)
    // C e^-t t^(m+1) is as small at about this time.
    let most = Double(requirement.mostCopies)
    let count = log(Double(requirement.classCount)) - min(target.second + nats, 0)
    var time = max(nats + count, 2)
    for _ in 0..<3 { time = nats + count + 6 + (most + 1) * log(time) }
    var high = Int(saturating: (log(time) / h).rounded(.up))
    while !isEnough(high) {
      if Double(high) * h > limit { return nil }
      high += stride
    }
    // Rarely too far by more than a step or two, which cost a node each.
    while isEnough(high - stride), high > 2 * stride { high -= stride }
    return bounds(high).map { (high, $0.first, $0.second) }
  }
}
