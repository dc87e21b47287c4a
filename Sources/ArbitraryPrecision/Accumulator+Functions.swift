// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Elementary functions, correctly rounded by MPFR.
extension Accumulator {
  /// Becomes its square root.
  public mutating func formSquareRoot(rounding: Rounding) { unsafe form(mpfr_sqrt, rounding) }

  /// Becomes e to its power.
  public mutating func formExponential(rounding: Rounding) { unsafe form(mpfr_exp, rounding) }

  /// Becomes e to its power, minus one.
  public mutating func formExpMinusOne(rounding: Rounding) { unsafe form(mpfr_expm1, rounding) }

  /// Becomes its natural logarithm.
  public mutating func formLogarithm(rounding: Rounding) { unsafe form(mpfr_log, rounding) }

  /// Becomes the natural logarithm of one plus it.
  public mutating func formLogarithmOfOnePlus(rounding: Rounding) {
    unsafe form(mpfr_log1p, rounding)
  }

  /// Becomes its decimal logarithm.
  public mutating func formDecimalLogarithm(rounding: Rounding) {
    unsafe form(mpfr_log10, rounding)
  }

  /// Becomes the natural logarithm of the gamma function of it; it must be at least 1.
  public mutating func formLogGamma(rounding: Rounding) { unsafe form(mpfr_lngamma, rounding) }

  /// Becomes pi.
  @discardableResult
  public mutating func setPi(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_const_pi(pointer, rounding.mode))
  }

  /// Whether MPFR keeps its flags, exponent range and caches per thread, which this package needs.
  package static var isThreadSafe: Bool { mpfr_buildopt_tls_p() != 0 }

  /// Becomes a function of itself.
  @inline(__always)
  private mutating func form(
    _ function: (mpfr_ptr?, mpfr_srcptr?, mpfr_rnd_t) -> CInt, _ rounding: Rounding
  ) {
    _ = unsafe function(pointer, pointer, rounding.mode)
  }
}
