// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

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

  /// E D.
  func mean(_ logTilt: Double) -> Double {
    classes.reduce(0) { $0 + $1.classCount * $1.chance(logTilt) }
  }

  /// The standard deviation of D.
  func deviation(_ logTilt: Double) -> Double {
    classes.reduce(0.0) {
      let q = $1.chance(logTilt)
      return $0 + $1.classCount * q * (1 - q)
    }.squareRoot()
  }

  /// ln of prod_c (L_c + s U_c).
  func logProduct(_ logTilt: Double) -> Double {
    classes.reduce(0) { $0 + $1.classCount * $1.logSum(logTilt) }
  }

  /// The ln s at which D has a given mean; more than 0 and less than the classes that can count.
  func logTilt(mean center: Double) -> Double {
    let reachable = classes.filter { $0.logReached > -.infinity }
    let count = reachable.reduce(0) { $0 + $1.classCount }
    let limit = 1e17
    let odds = reachable.reduce(0) { $0 + $1.classCount * $1.logOdds(0) } / count
    let guess = log(center / (count - center)) - odds
    return ContourPlan.root(
      from: min(max(guess, -limit), limit), target: center, limit: limit, mean)
  }

  /// The best ln s for a tail: >= 0 for the upper one, <= 0 for the lower one.
  func logTilt(for side: CountSide, _ bound: Int) -> Double {
    let reachable = classes.reduce(0) { $0 + ($1.logReached > -.infinity ? $1.classCount : 0) }
    let center = min(max(Double(bound), 0.5), reachable - 0.5)
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

/// A positive factor s = significand 2^exponent, exactly, that may lie far outside the range of
/// `Double`: where one class takes thousands of draws s is near e^-thousands.
struct Tilt: Sendable {
  let significand: Double
  var exponent = 0

  static let one = Tilt(significand: 1)

  /// ln s, an approximation for planning.
  var logarithm: Double { log(significand) + Double(exponent) * ln2 }

  /// The same number as a ball.
  func ball(precision: Int) -> RealBall {
    var ball = RealBall(precision: precision)
    ball.set(significand)
    ball.value.scale(byPowerOfTwo: exponent)
    return ball
  }

  /// (numerator/denominator)^power from above; the power may be negative.
  static func power(_ numerator: Tilt, over denominator: Tilt, _ power: Int) -> Magnitude {
    if power < 0 { return Self.power(denominator, over: numerator, -power) }
    var ratio = numerator.ball(precision: boundPrecision)
    ratio.divide(by: denominator.ball(precision: boundPrecision))
    ratio.formPower(power)
    return ratio.magnitude
  }
}

extension Tilt {
  /// A number near e^log.
  init(log: Double) {
    let exponent = (log / ln2).rounded(.down)
    self.init(significand: exp(log - exponent * ln2), exponent: Int(exponent))
  }
}

/// (numerator/denominator)^exponent from above, for positive numbers; the exponent may be negative.
func powerOfRatio(_ numerator: Double, _ denominator: Double, _ exponent: Int) -> Magnitude {
  Tilt.power(Tilt(significand: numerator), over: Tilt(significand: denominator), exponent)
}
