// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// A running sum of balls with a bound of its absolute error.
///
/// Each addition rounds to nearest and so adds at most 2^-precision of the new sum.
@safe
package struct BallSum: ~Copyable {
  private var sum: Accumulator
  private let product: Accumulator
  private var error: Magnitude

  /// Zero.
  package init(precision: Int) {
    sum = Accumulator(precision: precision)
    product = Accumulator(precision: precision)
    error = .zero
  }

  private var u: RelativeError { .rounding(precision: sum.precision) }

  /// Adds a ball or its negative.
  package mutating func add(_ term: borrowing RealBall, isNegative: Bool = false) {
    if isNegative {
      sum.subtract(term.value, rounding: .nearest)
    } else {
      sum.add(term.value, rounding: .nearest)
    }
    error = error + term.absoluteError + Magnitude(sum) * u
  }

  /// Adds a ball x times a number y that errs by at most `factorError`.
  ///
  /// With X, Y the exact ones, |XY - xy| <= |Y| |X - x| + |x| |Y - y|, and |Y| <= |y| +
  /// factorError; the product is rounded once.
  package mutating func add(
    _ x: borrowing RealBall, times y: borrowing Accumulator, factorError: Magnitude
  ) {
    unsafe mpfr_mul(product.pointer, x.value.pointer, y.pointer, MPFR_RNDN)
    sum.add(product, rounding: .nearest)
    error =
      error + (Magnitude(y) + factorError) * x.absoluteError + Magnitude(x.value) * factorError
      + Magnitude(product) * u + Magnitude(sum) * u
  }

  /// An interval around the sum.
  package consuming func enclosure() -> Enclosure {
    let radius = error
    return Enclosure(center: sum, radius: radius)
  }
}
