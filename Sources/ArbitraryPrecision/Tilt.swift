// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A positive factor s = significand 2^exponent, exactly, that may lie far outside the range of
/// `Double`: where one class takes thousands of draws s is near e^-thousands.
package struct Tilt: Sendable {
  package let significand: Double
  package let exponent: Int

  package init(significand: Double, exponent: Int = 0) {
    (self.significand, self.exponent) = (significand, exponent)
  }

  package static let one = Tilt(significand: 1)

  /// ln s, an approximation for planning.
  package var logarithm: Double { log(significand) + Double(exponent) * ln2 }

  /// The same number as a ball.
  package func ball(precision: Int) -> RealBall {
    var ball = RealBall(precision: precision)
    ball.set(significand)
    ball.value.scale(byPowerOfTwo: exponent)
    return ball
  }

  /// (numerator/denominator)^power from above; the power may be negative.
  package static func power(_ numerator: Tilt, over denominator: Tilt, _ power: Int) -> Magnitude {
    if power < 0 { return Self.power(denominator, over: numerator, -power) }
    var ratio = numerator.ball(precision: boundPrecision)
    ratio.divide(by: denominator.ball(precision: boundPrecision))
    ratio.formPower(power)
    return ratio.magnitude
  }
}

extension Tilt {
  /// A number near e^log.
  package init(log: Double) {
    let exponent = (log / ln2).rounded(.down)
    self.init(significand: exp(log - exponent * ln2), exponent: Int(exponent))
  }
}

/// (numerator/denominator)^exponent from above, for positive numbers; the exponent may be negative.
package func powerOfRatio(_ numerator: Double, _ denominator: Double, _ exponent: Int) -> Magnitude
{
  Tilt.power(Tilt(significand: numerator), over: Tilt(significand: denominator), exponent)
}
