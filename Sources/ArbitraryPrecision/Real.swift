// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// A binary floating-point number of any precision: an immutable value that can be shared.
///
/// It is a finite number, or infinite as the end of an `Enclosure`; never not-a-number.
public struct Real: Sendable {
  @safe
  final class Storage: @unchecked Sendable {
    let number: MPFRNumber

    init(_ number: MPFRNumber) { unsafe self.number = number }

    deinit { unsafe number.free() }
  }

  let storage: Storage
  var pointer: mpfr_ptr { unsafe storage.number.pointer }

  /// Takes the limbs of an accumulator over: no copy.
  ///
  /// - Precondition: its value is a number, finite or infinite.
  public init(_ accumulator: consuming Accumulator) {
    precondition(unsafe mpfr_nan_p(accumulator.pointer) == 0, "a Real is a number")
    unsafe storage = Storage(accumulator.release())
  }

  /// Takes a number over that is not not-a-number.
  init(adopting number: MPFRNumber) { unsafe storage = Storage(number) }

  /// A machine integer, exactly.
  public init(_ value: Int) {
    self.init(Accumulator(value, precision: 64))
  }

  /// A finite `Double`, exactly.
  ///
  /// - Precondition: `value` is finite.
  public init(_ value: Double) {
    precondition(value.isFinite, "a Real is made from a finite Double")
    var accumulator = Accumulator(precision: 53)
    accumulator.set(value, rounding: .nearest)
    self.init(accumulator)
  }

  /// A fraction, rounded to `precision` bits, at least 2.
  public init(_ value: Rational, precision: Int, rounding: Rounding) {
    var accumulator = Accumulator(precision: precision)
    accumulator.set(value, rounding: rounding)
    self.init(accumulator)
  }

  /// The width of the significand, in bits.
  public var precision: Int { unsafe mpfr_get_prec(pointer) }

  /// -1, 0 or 1.
  public var signum: Int { Int(unsafe mpfr_sgn(pointer)) }

  /// Whether the value is not infinite.
  public var isFinite: Bool { unsafe mpfr_number_p(pointer) != 0 }

  /// e with 2^(e-1) <= |x| < 2^e; nil for zero and infinity.
  public var binaryExponent: Int? {
    unsafe mpfr_regular_p(pointer) == 0 ? nil : unsafe mpfr_get_exp(pointer)
  }

  /// The value rounded to a `Double`.
  public func double(rounding: Rounding = .nearest) -> Double {
    unsafe mpfr_get_d(pointer, rounding.mode)
  }

  /// The value as a fraction: exact.
  ///
  /// - Precondition: the value is finite.
  public var rational: Rational {
    precondition(isFinite, "infinity is not a fraction")
    let significand = Integer()
    let exponent = unsafe mpfr_get_z_2exp(significand.storage.pointer, pointer)
    if significand.signum == 0 { return 0 }
    return exponent >= 0
      ? Rational(significand.shiftedLeft(by: exponent))
      : Rational(significand, Integer(1).shiftedLeft(by: -exponent))
  }
}

extension Real: Comparable, CustomStringConvertible {
  /// Whether the values are the same, whatever their precisions.
  public static func == (x: Real, y: Real) -> Bool {
    unsafe mpfr_cmp3(x.pointer, y.pointer, 1) == 0
  }

  /// Whether the first value is the smaller one.
  public static func < (x: Real, y: Real) -> Bool {
    unsafe mpfr_cmp3(x.pointer, y.pointer, 1) < 0
  }

  /// -1, 0 or 1 as this value is less than, equal to or greater than a fraction: exact.
  public func compare(_ other: Rational) -> Int {
    Int(unsafe mpfr_cmp_q(pointer, other.storage.pointer)).signum()
  }

  /// As many decimal digits as tell the value from its neighbours; `inf` or `-inf`.
  public var description: String {
    guard signum != 0 else { return "0" }
    guard isFinite else { return signum < 0 ? "-inf" : "inf" }
    let digits = DecimalDigits(self, count: 0, rounding: .nearest)
    return digits.scientific
  }
}
