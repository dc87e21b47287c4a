// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A positive factor s = significand 2^exponent, exactly, that may lie far outside the range of
/// `Double`: where one class takes thousands of draws s is near e^-thousands.
struct Tilt: Sendable {
  let significand: Double
  let exponent: Int

  static let one = Tilt(log: 0)

  /// A number near e^log.
  init(log: Double) {
    exponent = Int((log / 0.693_147_180_559_945_3).rounded(.down))
    significand = exp(log - Double(exponent) * 0.693_147_180_559_945_3)
  }

  /// ln s, an approximation for planning.
  var log: Double { logOf(significand) + Double(exponent) * 0.693_147_180_559_945_3 }

  /// The same number as a ball.
  func ball(precision: Int) -> RealBall {
    var ball = RealBall(precision: precision)
    ball.set(significand)
    ball.value.scale(byPowerOfTwo: exponent)
    return ball
  }

  /// (numerator/denominator)^power from above; the power may be negative.
  static func power(_ numerator: Tilt, over denominator: Tilt, _ power: Int) -> Magnitude {
    var (top, bottom) = (numerator, denominator)
    if power < 0 { swap(&top, &bottom) }
    var ratio = top.ball(precision: boundPrecision)
    ratio.divide(by: bottom.ball(precision: boundPrecision))
    ratio.formPower(Int(power.magnitude))
    return ratio.magnitude
  }
}

private func logOf(_ x: Double) -> Double { log(x) }
