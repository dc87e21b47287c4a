// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

internal import CMPFR

/// Sums, and what code for any `RigorousNumber` takes besides. No operation needs room of its own.
extension RealBall: RigorousNumber {
  public static var fixedPrecision: Int? { nil }
  public static func makeScratch(precision: Int) {}

  public var precision: Int { value.precision }
  public var size: Magnitude { Magnitude(value) }

  /// Adds an integer: the absolute error carries over, and the sum is rounded once.
  public mutating func add(_ summand: Int, _ t: Void) {
    let absolute = absoluteError
    let outcome = value.add(summand, rounding: .nearest)
    error = .exact
    widen(by: absolute)
    note(outcome)
  }

  /// Adds another ball.
  ///
  /// Of numbers of one sign the sum errs by no more, relative to its size, than the worse one.
  /// Otherwise the absolute errors add. The sum is rounded once.
  public mutating func add(_ other: borrowing RealBall) {
    if value.signum * other.value.signum > 0 {
      error = max(error, other.error)
      note(value.add(other.value, rounding: .nearest))
    } else {
      let absolute = absoluteError + other.absoluteError
      let outcome = value.add(other.value, rounding: .nearest)
      error = .exact
      widen(by: absolute)
      note(outcome)
    }
  }

  public mutating func multiply(by factor: borrowing RealBall, _ t: Void) { multiply(by: factor) }
  public mutating func multiply(by factor: Integer) {
    let pointer = unsafe value.pointer
    unsafe note(.init(ternary: mpfr_mul_z(pointer, pointer, factor.storage.pointer, MPFR_RNDN)))
  }
  public mutating func multiply(by factor: Double, _ t: Void) {
    unsafe note(.init(ternary: mpfr_mul_d(value.pointer, value.pointer, factor, MPFR_RNDN)))
  }
  public mutating func square(_ t: Void) { square() }
  public mutating func scale(byPowerOfTwo exponent: Int) { value.scale(byPowerOfTwo: exponent) }

  public mutating func formReciprocal(_ t: Void) {
    error = error.ofReciprocal
    unsafe note(.init(ternary: mpfr_ui_div(value.pointer, 1, value.pointer, MPFR_RNDN)))
  }

  public mutating func formExponential(_ t: Void) { formExponential() }

  public mutating func addMidpoint(of other: borrowing RealBall) -> Magnitude {
    value.add(other.value, rounding: .nearest)
    return other.absoluteError + size * u
  }

  public mutating func widen(by absolute: Magnitude) {
    if absolute.mantissa == 0 { return }
    let lower = unsafe leadingBits(value.pointer, up: false)
    error = RelativeError((absoluteError + absolute).over(lower))
  }
}
