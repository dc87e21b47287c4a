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

  /// What the midpoint x of a chance errs by: where nothing is known of it at most 1 + |x|.
  package var errorOfChance: Magnitude {
    error.bound < 0.5 ? absoluteError : size + Magnitude(1)
  }

  /// A bound of what follows a term x of a sum: x q/(1 - q), q the ratio to the term before, if
  /// ratios fall; nil unless q < 0.99.
  ///
  /// The sizes exceed the terms by less than their errors, below 2^-24, as those of the term before
  /// are the smaller ones. A factor of 1 + 2^-20 for q covers that and the roundings here.
  package func rest(after last: Magnitude) -> Magnitude? {
    let x = magnitude
    guard error.bound < 0x1p-24, last.mantissa > 0, x.exponent <= last.exponent else { return nil }
    let shift = max(x.exponent - last.exponent, -1000)
    let q = x.mantissa / last.mantissa * .powerOfTwo(shift) * (1 + 0x1p-20)
    return q < 0.99 ? x * Magnitude(q / (1 - q)) : nil
  }
}
