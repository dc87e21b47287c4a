// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The probability of a `CoverageGoal` as a smooth function of the number of draws, in `Double`
/// arithmetic: guesses that decide nothing.
///
/// With independent Poisson or binomial counts for the classes: a product for all classes, and for some
/// of them Lugannani and Rice's saddle point approximation of the tail of a sum of indicators
/// (*Advances in Applied Probability* 12 (1980)), in Daniels' form with a continuity correction.
struct GoalEstimate {
  let law: LabelLaw
  let sampling: SamplingScheme
  let goal: CoverageGoal

  /// ln of the probability and of its complement after n draws, 0 < n.
  func logTails(drawCount n: Double) -> (reached: Double, missed: Double) {
    let total = law.scaledTotal
    let x = sampling == .withReplacement ? n / total : n / max(total - n, 1e-9)
    let splits = CopiesSplit.groups(of: law, sampling: sampling, point: x, copies: goal.copies)
    return goal.isComplete(for: law) ? product(splits) : saddle(splits)
  }

  private func product(_ splits: [CopiesSplit]) -> (Double, Double) {
    var reached = 0.0
    for (group, split) in zip(law.groups, splits) {
      let missed = split.logShort - split.logAll
      reached +=
        Double(group.classCount)
        * (missed < -1 ? log1p(-exp(missed)) : split.logReached - split.logAll)
    }
    if reached < -1e-200 { return (reached, log(-expm1(reached))) }
    // Below the range of Double the largest term stands for their sum.
    let missed = zip(law.groups, splits).map {
      log(Double($0.classCount)) + $1.logShort - $1.logAll
    }
    return (0, missed.max() ?? 0)
  }

  private func saddle(_ splits: [CopiesSplit]) -> (Double, Double) {
    let target = Double(goal.classCount(of: law)) - 0.5
    // The tilt at which the mean is j - 1/2, on whichever side.
    let factors = zip(law.groups, splits).map {
      PartialTilt.Factor(
        classCount: Double($0.classCount), logShort: $1.logShort, logReached: $1.logReached)
    }
    let s = PartialTilt.logTilt(factors, mean: target)
    var (cumulant, variance) = (0.0, 0.0)
    for (factor, split) in zip(factors, splits) {
      let q = factor.chance(s)
      cumulant += factor.classCount * (factor.state(s).log - split.logAll)
      variance += factor.classCount * q * (1 - q)
    }
    // P(D >= j) for s > 0, P(D < j) for s < 0, from the same formula mirrored.
    let w = (2 * max(s * target - cumulant, 0)).squareRoot()
    let u = 2 * sinh(min(abs(s) / 2, 300)) * variance.squareRoot()
    let correction = w > 1e-3 ? 1 / u - 1 / w : 0
    let tail = max(Self.millsRatio(w) + correction, 1e-300)
    let small = min(-w * w / 2 - 0.918_938_533_204_672_8 + log(tail), -1e-15)
    let large = log1p(-exp(small))
    return s > 0 ? (small, large) : (large, small)
  }

  /// (1 - Phi(w))/phi(w) for w >= 0.
  private static func millsRatio(_ w: Double) -> Double {
    if w > 30 { return 1 / w - 1 / (w * w * w) }
    return erfc(w / 2.0.squareRoot()) / 2 * exp(w * w / 2) * 2.506_628_274_631_000_5
  }

  /// The real n at which the probability passes p, of which the logarithms are given; infinity if
  /// beyond `limit`.
  func crossing(logReached: Double, logMissed: Double, from start: Double, limit: Double) -> Double
  {
    func isBelow(_ n: Double) -> Bool {
      let tails = logTails(drawCount: n)
      return logReached < logMissed
        ? tails.reached < logReached : tails.missed > logMissed
    }
    var (low, high) = (start, min(2 * start, limit))
    while isBelow(high) {
      if high >= limit { return .infinity }
      (low, high) = (high, min(2 * high, limit))
    }
    while high - low > max(0.01, high * 0x1p-40) {
      let middle = (low + high) / 2
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return high
  }

  /// d ln of the smaller tail/dn.
  func slope(drawCount n: Double, ofReached: Bool) -> Double {
    let step = max(0.01, n * 1e-4)
    let (a, b) = (logTails(drawCount: n - step / 2), logTails(drawCount: n + step / 2))
    return (ofReached ? b.reached - a.reached : b.missed - a.missed) / step
  }
}
