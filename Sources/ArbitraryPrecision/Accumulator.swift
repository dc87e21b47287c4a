// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// A number that is computed in place, with the rounding of each step named at its call.
///
/// It owns its limbs; `Real(_:)` takes them over without a copy. Temporaries belong
/// outside loops: making one allocates.
@safe
public struct Accumulator: ~Copyable, @unchecked Sendable {
  let number: MPFRNumber
  var pointer: mpfr_ptr { unsafe number.pointer }

  /// Zero, with `precision` bits of significand.
  ///
  /// - Precondition: `precision` is at least 2.
  public init(precision: Int) {
    precondition(precision >= 2, "the precision of an Accumulator is at least 2 bits")
    unsafe number = MPFRNumber(precision: precision)
  }

  /// A machine integer, rounded.
  ///
  /// - Precondition: `precision` is at least 2.
  public init(_ value: Int, precision: Int, rounding: Rounding = .nearest) {
    self.init(precision: precision)
    set(value, rounding: rounding)
  }

  deinit { unsafe number.free() }

  /// Hands the limbs over to a `Real`.
  consuming func release() -> MPFRNumber {
    let number = unsafe number
    discard self
    return unsafe number
  }

  // MARK: - Queries

  /// The width of the significand, in bits.
  public var precision: Int { unsafe mpfr_get_prec(pointer) }

  /// -1, 0 or 1; 0 if it is not a number.
  public var signum: Int { Int(unsafe mpfr_sgn(pointer)) }

  /// Whether the value is a number (neither infinite nor not-a-number).
  public var isFinite: Bool { unsafe mpfr_number_p(pointer) != 0 }

  /// The value rounded to a `Double`.
  public func double(rounding: Rounding) -> Double { unsafe mpfr_get_d(pointer, rounding.mode) }

  /// -1, 0 or 1 as this value is less than, equal to or greater than `other`.
  ///
  /// - Precondition: both are numbers.
  public func compare(_ other: borrowing Accumulator) -> Int {
    assert(unsafe mpfr_unordered_p(pointer, other.pointer) == 0, "only numbers have an order")
    return Int(unsafe mpfr_cmp3(pointer, other.pointer, 1)).signum()
  }

  // MARK: - Assignment

  /// Becomes a machine integer.
  @discardableResult
  public mutating func set(_ value: Int, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_set_si(pointer, value, rounding.mode))
  }

  /// Becomes a `Double`.
  @discardableResult
  public mutating func set(_ value: Double, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_set_d(pointer, value, rounding.mode))
  }

  /// Becomes the value of another accumulator.
  @discardableResult
  public mutating func set(
    _ value: borrowing Accumulator, rounding: Rounding
  ) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_set(pointer, value.pointer, rounding.mode))
  }

  /// Becomes the value of a `Real`.
  @discardableResult
  public mutating func set(_ value: Real, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_set(pointer, value.pointer, rounding.mode))
  }

  /// Becomes an integer of any size.
  @discardableResult
  public mutating func set(_ value: Integer, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_set_z(pointer, value.storage.pointer, rounding.mode))
  }

  /// Becomes a fraction.
  @discardableResult
  public mutating func set(_ value: Rational, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_set_q(pointer, value.storage.pointer, rounding.mode))
  }

  // MARK: - Arithmetic

  /// Adds `other`.
  @discardableResult
  public mutating func add(
    _ other: borrowing Accumulator, rounding: Rounding
  ) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_add(pointer, pointer, other.pointer, rounding.mode))
  }

  /// Adds a machine integer.
  @discardableResult
  public mutating func add(_ other: Int, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_add_si(pointer, pointer, other, rounding.mode))
  }

  /// Subtracts `other`.
  @discardableResult
  public mutating func subtract(
    _ other: borrowing Accumulator, rounding: Rounding
  ) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_sub(pointer, pointer, other.pointer, rounding.mode))
  }

  /// Multiplies by `other`.
  @discardableResult
  public mutating func multiply(
    by other: borrowing Accumulator, rounding: Rounding
  ) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_mul(pointer, pointer, other.pointer, rounding.mode))
  }

  /// Multiplies by a machine integer.
  @discardableResult
  public mutating func multiply(by other: Int, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_mul_si(pointer, pointer, other, rounding.mode))
  }

  /// Multiplies by 2 to the power `exponent`: exact.
  public mutating func scale(byPowerOfTwo exponent: Int) {
    unsafe mpfr_mul_2si(pointer, pointer, exponent, MPFR_RNDN)
  }

  /// Divides by `other`.
  @discardableResult
  public mutating func divide(
    by other: borrowing Accumulator, rounding: Rounding
  ) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_div(pointer, pointer, other.pointer, rounding.mode))
  }

  /// Divides by a machine integer.
  @discardableResult
  public mutating func divide(by other: Int, rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_div_si(pointer, pointer, other, rounding.mode))
  }

  /// Squares.
  @discardableResult
  public mutating func square(rounding: Rounding) -> RoundingOutcome {
    unsafe .init(ternary: mpfr_sqr(pointer, pointer, rounding.mode))
  }

  /// Changes the sign: exact.
  public mutating func negate() { unsafe mpfr_neg(pointer, pointer, MPFR_RNDN) }
}
