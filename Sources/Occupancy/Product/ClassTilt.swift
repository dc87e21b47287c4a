// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Which of the two tails of the number of classes that count.
enum CountSide: Sendable {
  /// d >= j
  case atLeast
  /// d <= j
  case atMost
}

/// The number D of classes that count at a real point, class c with the odds s U_c : L_c, for any
/// tilt s; for planning. The bounds of Theorem 4 are least where its mean is j, or at s = 1.
struct ClassTilt {
  /// Classes of equal factors.
  struct Class {
    let classCount: Double
    /// ln L and ln U; the latter may be minus infinity.
    let logShort, logReached: Double

    /// u with odds e^u that the class counts.
    func logOdds(_ logTilt: Double) -> Double { logTilt + logReached - logShort }

    /// ln(L + s U), without overflow.
    func logSum(_ logTilt: Double) -> Double {
      let u = logOdds(logTilt)
      return logShort + (u > 0 ? u + log1p(exp(-u)) : log1p(exp(u)))
    }

    /// The chance that the class counts.
    func chance(_ logTilt: Double) -> Double { 1 / (1 + exp(-logOdds(logTilt))) }
  }

  let classes: [Class]

  /// E D, Var D and E (D - E D)^3.
  private func moments(_ logTilt: Double) -> (mean: Double, variance: Double, third: Double) {
    classes.reduce(into: (0, 0, 0)) {
      let q = $1.chance(logTilt)
      let variance = $1.classCount * q * (1 - q)
      $0.mean += $1.classCount * q
      $0.variance += variance
      $0.third += variance * (1 - 2 * q)
    }
  }

  /// E D.
  func mean(_ logTilt: Double) -> Double { moments(logTilt).mean }

  /// The standard deviation of D.
  func deviation(_ logTilt: Double) -> Double { moments(logTilt).variance.squareRoot() }

  /// The skewness of D.
  func skewness(_ logTilt: Double) -> Double {
    let moments = moments(logTilt)
    return moments.third / (moments.variance * moments.variance.squareRoot())
  }

  /// ln of prod_c (L_c + s U_c).
  func logProduct(_ logTilt: Double) -> Double {
    classes.reduce(0) { $0 + $1.classCount * $1.logSum(logTilt) }
  }

  /// The ln s at which D has a given mean; more than 0 and less than the classes that can count.
  func logTilt(mean center: Double) -> Double {
    let reachable = classes.filter { $0.logReached > -.infinity }
    let count = reachable.reduce(0) { $0 + $1.classCount }
    let goal = log(center / (count - center))
    // The mean has these odds between the tilts at which a class has them, or far beyond any use.
    let tilts = reachable.map { min(max(goal - $0.logOdds(0), -1e17), 1e17) }
    var (low, high) = (tilts.min() ?? 0, tilts.max() ?? 0)
    var tilt = zip(tilts, reachable).reduce(0) { $0 + $1.0 * $1.1.classCount } / count
    // Newton's method: the ln of its odds is nearly linear, and exactly so for equal classes.
    for _ in 0..<200 where high - low > 1e-9 {
      let (mean, variance, _) = moments(tilt)
      if abs(mean / center - 1) < 1e-10 { return tilt }
      if mean < center { low = tilt } else { high = tilt }
      tilt += (goal - log(mean / (count - mean))) * mean * (1 - mean / count) / variance
      if !(tilt > low && tilt < high) { tilt = (low + high) / 2 }
    }
    return tilt
  }

  /// The mean of D where the bound of a tail is best, unless that is at s = 1.
  func center(_ bound: Int) -> Double {
    let reachable = classes.reduce(0) { $0 + ($1.logReached > -.infinity ? $1.classCount : 0) }
    return min(max(Double(bound), 0.5), reachable - 0.5)
  }

  /// The best ln s for a tail: >= 0 for the upper one, <= 0 for the lower one.
  func logTilt(for side: CountSide, _ bound: Int) -> Double {
    let center = center(bound)
    let free = mean(0)
    if side == .atLeast ? free >= center : free <= center { return 0 }
    let root = logTilt(mean: center)
    // So near 1 it is not worth the question on which side it is rounded to.
    return side == .atLeast ? (root > 1e-9 ? root : 0) : (root < -1e-9 ? root : 0)
  }

  /// ln of the best bound of a tail, s^-j prod_c (L_c + s U_c).
  func logBound(of side: CountSide, _ bound: Int) -> Double {
    let tilt = logTilt(for: side, bound)
    return logProduct(tilt) - tilt * Double(bound)
  }
}
