// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that draws reach a goal as a smooth function of their number, in `Double`
/// arithmetic: guesses that choose methods, precisions and places to look at, and decide nothing
/// else.
///
/// With independent Poisson or binomial counts for the classes: a product for all classes, and for
/// some of them Lugannani and Rice's saddle point approximation of the tail of a sum of indicators
/// (*Advances in Applied Probability* 12 (1980)), in Daniels' form with a continuity correction.
struct CoverageEstimate {
  private let product: OccupancyProduct

  init(_ product: OccupancyProduct) { self.product = product }

  /// ln of the probability and of its complement after n draws, n > 0.
  func logTails(drawCount n: Double) -> (reached: Double, missed: Double) {
    let x = product.freePoint(drawCount: n)
    return product.requirement.isComplete ? allClasses(x) : someClasses(x)
  }

  /// The mean number of classes that fall short.
  func missedClasses(drawCount n: Double) -> Double {
    let x = product.freePoint(drawCount: n)
    return zip(product.logTails(x), product.counts).reduce(0) { $0 + $1.1 * exp($1.0.missed) }
  }

  private func allClasses(_ x: Double) -> (Double, Double) {
    let tails = product.logTails(x)
    let reached = zip(tails, product.counts).reduce(0) { $0 + $1.1 * $1.0.reached }
    if reached < -1e-200 { return (reached, log(-expm1(reached))) }
    // Below the range of Double the largest term stands for their sum.
    return (0, zip(tails, product.counts).map { log($1) + $0.missed }.max() ?? 0)
  }

  private func someClasses(_ x: Double) -> (Double, Double) {
    let target = Double(product.requirement.needed) - 0.5
    let splits = product.splits(x)
    let classes = product.tilt(splits)
    // The tilt at which the mean is j - 1/2, on whichever side.
    let s = classes.logTilt(mean: target)
    let all = zip(splits, product.counts).reduce(0) { $0 + $1.1 * $1.0.logAll }
    let cumulant = classes.logProduct(s) - all
    // P(D >= j) for s > 0, P(D < j) for s < 0, from the same formula mirrored.
    let w = (2 * max(s * target - cumulant, 0)).squareRoot()
    let u = 2 * sinh(min(abs(s) / 2, 300)) * classes.deviation(s)
    // The difference cancels near the mean, where its limit is a sixth of the skewness.
    let correction =
      w > 1e-2 ? 1 / u - 1 / w : (s > 0 ? -1 : 1) * classes.skewness(s) / 6
    let tail = max(millsRatio(w) + correction, 1e-300)
    let small = min(-w * w / 2 - 0.918_938_533_204_672_8 + log(tail), -1e-15)
    let large = log1p(-exp(small))
    return s > 0 ? (small, large) : (large, small)
  }

  /// The real n at which the probability passes p, of which the logarithms are given; infinity if
  /// beyond `limit`.
  ///
  /// The smooth function q is the mean of v_N over a random number N of draws with mean n, so v_n
  /// is near q - (Var N/2) d^2q/dn^2: its level lags behind by (Var N/2) q''/q'.
  func crossing(logReached: Double, logMissed: Double, from start: Double, limit: Double) -> Double
  {
    func isBelow(_ n: Double) -> Bool {
      let tails = logTails(drawCount: n)
      return logReached < logMissed ? tails.reached < logReached : tails.missed > logMissed
    }
    var (low, high) = (start, min(2 * start, limit))
    while isBelow(high) {
      if high >= limit { return .infinity }
      (low, high) = (high, min(2 * high, limit))
    }
    // To a hundredth of a draw, or what a Double holds.
    while high - low > max(0.01, high * 0x1p-48) {
      let middle = (low + high) / 2
      if isBelow(middle) { low = middle } else { high = middle }
    }
    let (first, second) = derivatives(high, ofReached: logReached < logMissed)
    let total = product.law.scaledTotal
    let variance = product.sampling == .withReplacement ? high : high * (1 - high / total)
    // With f = ln q: q''/q' = f''/f' + f'; that of 1 - q is the same.
    let lag = variance / 2 * (second / first + first)
    return lag.isFinite && abs(lag) < 0.1 * high ? high + lag : high
  }

  /// d ln/dn of the probability or of its complement.
  func slope(drawCount n: Double, ofReached: Bool) -> Double {
    derivatives(n, ofReached: ofReached).first
  }

  private func derivatives(_ n: Double, ofReached: Bool) -> (first: Double, second: Double) {
    func value(_ n: Double) -> Double {
      let tails = logTails(drawCount: n)
      return ofReached ? tails.reached : tails.missed
    }
    let step = max(0.01, n * 1e-4)
    let (a, b, c) = (value(n - step), value(n), value(n + step))
    return ((c - a) / (2 * step), (c - 2 * b + a) / (step * step))
  }
}
