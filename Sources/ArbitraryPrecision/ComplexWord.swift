// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// A disk in the complex plane, of fixed size: a midpoint in two words of 126 bits with a common
/// exponent, and a bound of its relative error.
///
/// The midpoint is (re + i im) 2^exponent, and the number that the value stands for is m(1 + d),
/// |d| <= `error`, as with `ComplexBall`. A plain value: no operation allocates.
///
/// The larger part has its highest bit at 2^124, so that |m| >= 2^124 in units of the last place,
/// or the midpoint is zero. All operations but a few say so and lose at most `unit` = 2^-122 of
/// what they store: up to two units of the last place in each part, sqrt(8) 2^-124 < 2^-122.
///
/// Exponents lie within 2^61 of zero. What leaves this range, has no value (1/0) or is not a number
/// becomes zero with an unbounded error, of which nothing is known.
@_spi(Arithmetic) public struct ComplexWord: RigorousComplex, Sendable {
  /// The parts lie in -2^125..<2^125, and one of them has bit 124 unlike its sign, or both are
  /// zero.
  @usableFromInline var re, im: Int128
  /// 0 if the midpoint is zero.
  @usableFromInline var exponent: Int
  /// The error's bound. Not-a-number stands for infinity, so that infinity times zero needs no
  /// care.
  @usableFromInline var bound: Double

  /// No room is needed.
  public struct Scratch: Sendable {
    @inlinable
    public init() {}
  }

  @inlinable
  public static func makeScratch(precision: Int) -> Scratch { Scratch() }

  /// Zero.
  ///
  /// - Parameter precision: Not used: the size is fixed.
  @inlinable
  public init(precision: Int = ComplexWord.precision) {
    self.init(re: 0, im: 0, exponent: 0, bound: 0)
  }

  /// Parts in the form described above.
  @inlinable
  init(re: Int128, im: Int128, exponent: Int, bound: Double) {
    self.re = re
    self.im = im
    self.exponent = exponent
    self.bound = bound
  }

  /// -log2 of what an operation loses at most.
  @inlinable public static var precision: Int { 122 }
  @inlinable public static var fixedPrecision: Int? { precision }
  @inlinable public var precision: Int { Self.precision }

  /// What an operation loses at most.
  @inlinable static var unit: Double { 0x1p-122 }

  /// A number of which nothing is known.
  @usableFromInline static var unknown: ComplexWord {
    ComplexWord(re: 0, im: 0, exponent: 0, bound: .infinity)
  }

  @inlinable var isZero: Bool { re | im == 0 }

  public var error: RelativeError { RelativeError(bound: bound) }

  // MARK: - Normal form

  /// The leading zeros of the larger of the parts, as if -1 - x stood for a negative x: 3 in the
  /// normal form, less if a part is too large.
  @inlinable @inline(__always)
  static func leadingZeros(_ re: Int128, _ im: Int128) -> Int {
    UInt128(bitPattern: (re ^ (re &>> 127)) | (im ^ (im &>> 127))).leadingZeroBitCount
  }

  /// Takes parts that an operation has computed, brings them into the normal form and returns
  /// whether no bit was lost: each part is rounded down, if at all, by less than one unit of its
  /// new last place.
  @inlinable @inline(__always)
  mutating func assign(_ re: Int128, _ im: Int128, exponent: Int) -> Bool {
    let shift = Self.leadingZeros(re, im) - 3
    if shift < 0 {
      let lost = (re | im) & ((1 &<< Int128(-shift)) &- 1)
      self.re = re &>> Int128(-shift)
      self.im = im &>> Int128(-shift)
      setExponent(exponent &- shift)
      return lost == 0
    }
    self.re = re &<< Int128(shift)
    self.im = im &<< Int128(shift)
    setExponent(exponent &- shift)
    return true
  }

  /// The same for parts with bits at 2^122 or above, or zero, where a shift to the right is rare:
  /// for parts that are at most 2^125.
  @inlinable @inline(__always)
  mutating func assign(product re: Int128, _ im: Int128, exponent: Int) {
    let bits = (re ^ (re &>> 127)) | (im ^ (im &>> 127))
    let zeros = UInt64(truncatingIfNeeded: bits &>> 64).leadingZeroBitCount
    guard zeros >= 3 else {
      _ = assign(re, im, exponent: exponent)
      return
    }
    let shift = zeros &- 3
    self.re = re &<< Int128(shift & 63)
    self.im = im &<< Int128(shift & 63)
    setExponent(exponent &- shift)
  }

  /// - Parameter value: Within 2^62 + 2^10 of zero, so that sums of two exponents fit.
  @inlinable @inline(__always)
  mutating func setExponent(_ value: Int) {
    exponent = value
    if value &+ 1 << 61 < 0 || value >= 1 << 61 || re | im == 0 { leaveRange() }
  }

  /// Zero has exponent 0 and is exact if its relative error is bounded; what is out of range is
  /// unknown.
  @usableFromInline
  mutating func leaveRange() {
    if isZero {
      (exponent, bound) = (0, bound < .infinity ? 0 : .infinity)
    } else {
      self = .unknown
    }
  }

  // MARK: - Errors

  /// Compounds the error with another one and with what an operation loses.
  ///
  /// (1 + a)(1 + b)(1 + u) - 1 in at most seven operations, each of which errs by a factor within
  /// 2^-53 of 1; what a b loses by underflow is less than u 2^-900.
  @inlinable @inline(__always)
  mutating func lose(_ u: Double = ComplexWord.unit, and other: Double = 0) {
    let ab = bound + other + bound * other
    bound = (ab + u + ab * u) * (1 + 0x1p-49)
  }
}
