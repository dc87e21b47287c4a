// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Elementary functions, correctly rounded by MPFR.
extension Accumulator {
  /// Becomes its square root.
  @discardableResult
  public mutating func formSquareRoot(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_sqrt(pointer, pointer, rounding.mode))
  }

  /// Becomes e to its power.
  @discardableResult
  public mutating func formExponential(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_exp(pointer, pointer, rounding.mode))
  }

  /// Becomes e to its power, minus one.
  @discardableResult
  public mutating func formExpMinusOne(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_expm1(pointer, pointer, rounding.mode))
  }

  /// Becomes its natural logarithm.
  @discardableResult
  public mutating func formLogarithm(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_log(pointer, pointer, rounding.mode))
  }

  /// Becomes the natural logarithm of one plus it.
  @discardableResult
  public mutating func formLogarithmOfOnePlus(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_log1p(pointer, pointer, rounding.mode))
  }

  /// Becomes its decimal logarithm.
  @discardableResult
  public mutating func formDecimalLogarithm(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_log10(pointer, pointer, rounding.mode))
  }

  /// Becomes the natural logarithm of the gamma function of it; it must be at least 1.
  @discardableResult
  public mutating func formLogGamma(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_lngamma(pointer, pointer, rounding.mode))
  }

  /// Becomes pi.
  @discardableResult
  public mutating func setPi(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_const_pi(pointer, rounding.mode))
  }

  /// Whether MPFR keeps its flags, exponent range and caches per thread, which this package needs.
  package static var isThreadSafe: Bool { mpfr_buildopt_tls_p() != 0 }
}
