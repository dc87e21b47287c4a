// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The draws until j of C equally likely classes were seen, with replacement: a sum of independent
/// geometric times, of which the i-th has the chance 1 - i/C of success.
///
/// E[T] = sum_(i<j) C/(C-i) and Var[T] = sum_(i<j) i C/(C-i)^2 (Feller I, IX.3).
enum GeometricTimes {
  /// Both moments as fractions.
  static func exactMoments(classCount c: Int, needed: Int) -> ExactWaitingMoments {
    let times = Array(0..<needed)
    return ExactWaitingMoments(
      mean: Rational.sum(times) { Rational(c, c - $0) },
      variance: Rational.sum(times) {
        Rational(Integer($0) * Integer(c), Integer(c - $0).power(2))
      })
  }

  /// Both moments with an error of about 2^-bits of each; O(j) quotients.
  static func moments(classCount c: Int, needed: Int, bits: Int) -> WaitingMoments {
    let precision = bits + 16 + Int.bitWidth - needed.leadingZeroBitCount
    var mean = BallSum(precision: precision)
    var variance = BallSum(precision: precision)
    var term = RealBall(precision: precision)
    for i in 0..<needed {
      term.set(c)
      term.divide(by: c - i)
      mean.add(term)
      term.multiply(by: i)
      term.divide(by: c - i)
      variance.add(term)
    }
    let first = mean.enclosure()
    let square = first.multiplied(by: first, precision: precision)
    return WaitingMoments(
      mean: first,
      rising: variance.enclosure().adding(square, precision: precision)
        .adding(first, precision: precision))
  }
}
