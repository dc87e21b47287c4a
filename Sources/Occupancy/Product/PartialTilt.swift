// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The tilt s that makes a mean number of classes count, class c with the odds s U_c : L_c; for
/// planning.
///
/// With a_d = [y^d] prod_c (L_c + y U_c) and every s >= 1, sum_(d >= j) a_d <= s^-j prod_c (L_c + s U_c);
/// with s <= 1 the same holds for sum_(d <= j) a_d. The bound is least where the mean is j, or at s = 1.
struct PartialTilt {
  /// Classes of equal factors.
  struct Factor {
    let classCount: Double
    /// ln L and ln U; the latter may be minus infinity.
    let logShort, logReached: Double

    /// u with odds e^u that the class counts, and ln(L + s U).
    func state(_ logTilt: Double) -> (odds: Double, log: Double) {
      let u = logTilt + logReached - logShort
      return (u, logShort + (u > 0 ? u + log1p(exp(-u)) : log1p(exp(u))))
    }

    /// The chance that the class counts.
    func chance(_ logTilt: Double) -> Double { 1 / (1 + exp(-state(logTilt).odds)) }
  }

  let factors: [Factor]
  /// ln s.
  let log: Double

  /// - Parameters:
  ///   - side: Which tail is wanted: s >= 1 for the upper one, s <= 1 for the lower one.
  ///   - bound: j.
  init(_ factors: [Factor], side: PartialSide, bound: Int) {
    self.factors = factors
    let reachable = factors.reduce(0) { $0 + ($1.logReached > -.infinity ? $1.classCount : 0) }
    let center = min(max(Double(bound), 0.5), reachable - 0.5)
    func mean(_ logTilt: Double) -> Double {
      factors.reduce(0) { $0 + $1.classCount * $1.chance(logTilt) }
    }
    let free = mean(0)
    if side == .atLeast ? free >= center : free <= center {
      log = 0
      return
    }
    let root = Self.logTilt(factors, mean: center)
    // So near 1 it is not worth the question on which side it is rounded to.
    let isServed = side == .atLeast ? root > 1e-9 : root < -1e-9
    log = isServed ? root : 0
  }

  /// The ln s at which a mean number of classes count; more than 0 and less than the classes that can.
  static func logTilt(_ factors: [Factor], mean center: Double) -> Double {
    let reachable = factors.filter { $0.logReached > -.infinity }
    let count = reachable.reduce(0) { $0 + $1.classCount }
    let limit = 1e17
    let odds = reachable.reduce(0) { $0 + $1.classCount * ($1.logReached - $1.logShort) } / count
    let guess = logOf(center / (count - center)) - odds
    return ContourPlan.root(
      from: min(max(guess, -limit), limit), target: center, limit: limit
    ) { logTilt in
      factors.reduce(0) { $0 + $1.classCount * $1.chance(logTilt) }
    }
  }

  /// s.
  var tilt: Tilt { log == 0 ? .one : Tilt(log: log) }

  /// The mean and the standard deviation of the number of classes that count.
  var moments: (mean: Double, deviation: Double) {
    var (mean, variance) = (0.0, 0.0)
    for factor in factors {
      let q = factor.chance(log)
      mean += factor.classCount * q
      variance += factor.classCount * q * (1 - q)
    }
    return (mean, variance.squareRoot())
  }

  /// ln of s^-j prod_c (L_c + s U_c).
  func logBound(_ bound: Int) -> Double {
    factors.reduce(-log * Double(bound)) { $0 + $1.classCount * $1.state(log).log }
  }
}

/// Which of the two tails of the number of classes that count.
enum PartialSide: Sendable {
  /// d >= j
  case atLeast
  /// d <= j
  case atMost
}

private func logOf(_ x: Double) -> Double { log(x) }
