// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Operations whose error depends on the value: they bound it absolutely, then relative to the
/// result.
extension RealBall {
  /// Becomes its negative: exact.
  public mutating func negate() { value.negate() }

  /// Becomes 1 - x: the absolute error carries over, and the difference is rounded once.
  public mutating func formComplement() {
    self = (consume self).complement()
  }

  /// Becomes e^x.
  ///
  /// x errs by at most d = |x| e, so e^x by a factor of at most e^d - 1 <= d(1 + d) for d <= 1;
  /// the exponential is rounded once.
  public mutating func formExponential() {
    self = (consume self).exponential()
  }

  private consuming func complement() -> RealBall {
    let carried = absoluteError
    let result = value
    unsafe mpfr_ui_sub(result.pointer, 1, result.pointer, MPFR_RNDN)
    let rounding = Magnitude(result) * RelativeError.rounding(precision: result.precision)
    return RealBall(result, absoluteError: carried + rounding)
  }

  private consuming func exponential() -> RealBall {
    let d = absoluteError
    var result = value
    result.formExponential(rounding: .nearest)
    let size = Magnitude(result)
    let rounding = size * RelativeError.rounding(precision: result.precision)
    // d >= 1 has an exponent of at least 1: then nothing is known of the result.
    let factor = d.exponent >= 1 ? Magnitude(.infinity) : d * (Magnitude(1) + d)
    return RealBall(result, absoluteError: size * factor + rounding)
  }
}
