// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

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
    let limit = 1e17
    let odds = factors.filter { $0.logReached > -.infinity }.map { $0.logReached - $0.logShort }
    let average = odds.reduce(0, +) / Double(max(odds.count, 1))
    let guess = logOf(center / (reachable - center)) - average
    let root = ContourPlan.root(
      from: min(max(guess, -limit), limit), target: center, limit: limit, mean)
    // So near 1 it is not worth the question on which side it is rounded to.
    let isServed = side == .atLeast ? root > 1e-9 : root < -1e-9
    log = isServed ? root : 0
  }

  /// s.
  var tilt: Tilt { log == 0 ? .one : Tilt(log: log) }

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

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
