// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// A real or complex number that is computed in place and knows what it errs by.
///
/// The number that a value stands for is m(1 + d), |d| <= `error`, with the stored midpoint m.
/// Every operation adds what it loses itself to the bound. What is written over this protocol runs
/// on the real line (`RealBall`) and in the complex plane, with any precision (`ComplexBall`) and
/// without any allocation at a fixed one (`ComplexWord`).
///
/// A midpoint that is not a finite number has an infinite `size`, whatever `error` is.
@_spi(Arithmetic) public protocol RigorousNumber: ~Copyable, SendableMetatype {
  /// Room for intermediate results, made once outside the loop. It serves one thread at a time.
  associatedtype Scratch

  /// - Parameter precision: The precision of the numbers that will use it, in bits.
  static func makeScratch(precision: Int) -> Scratch

  /// Zero, to be assigned.
  ///
  /// - Parameter precision: What to round to, in bits; a number of fixed size has its own.
  init(precision: Int)

  /// The precision of an arithmetic that has only one, in bits; nil if there is a choice.
  static var fixedPrecision: Int? { get }

  /// What operations round to, in bits: one loses a few units of 2^-precision.
  var precision: Int { get }

  var error: RelativeError { get }

  /// An upper bound of the midpoint's absolute value.
  var size: Magnitude { get }

  mutating func set(_ value: Int)
  mutating func set(_ value: Double)
  mutating func set(_ value: Integer)
  mutating func set(_ real: borrowing RealBall)
  mutating func set(_ other: borrowing Self)

  // MARK: - Arithmetic

  mutating func add(_ value: Int, _ t: Scratch)
  mutating func add(_ other: borrowing Self)
  mutating func multiply(by other: borrowing Self, _ t: Scratch)
  mutating func multiply(by factor: Int)
  mutating func multiply(by factor: Integer)
  mutating func multiply(by factor: Double, _ t: Scratch)
  mutating func divide(by divisor: Int)
  mutating func square(_ t: Scratch)
  mutating func negate()

  /// Multiplies by 2 to the power `exponent`: exact.
  mutating func scale(byPowerOfTwo exponent: Int)

  /// Becomes 1/z; of a number that may be zero nothing is known.
  mutating func formReciprocal(_ t: Scratch)

  /// Becomes e^z.
  mutating func formExponential(_ t: Scratch)

  /// Adds the midpoint of another number to a sum of midpoints, whose own error is kept elsewhere,
  /// and returns what the sum errs by more: the other's error and the rounding of the sum.
  mutating func addMidpoint(of other: borrowing Self) -> Magnitude

  /// Takes in that the number is off by up to `absolute` more: by e + absolute/|m| in all, and by
  /// an unbounded part of m = 0.
  mutating func widen(by absolute: Magnitude)
}

extension RigorousNumber where Self: ~Copyable {
  /// Whether the arithmetic has one precision only.
  public static var isFixed: Bool { fixedPrecision != nil }

  /// An upper bound of the absolute value of the number itself.
  public var bound: Magnitude { size + size * error }

  /// Becomes z^exponent by binary powering.
  ///
  /// - Parameter base: Room for z, of the same precision.
  /// - Precondition: exponent >= 1.
  @inlinable
  public mutating func formPower(_ exponent: Int, base: inout Self, _ t: Scratch) {
    precondition(exponent >= 1, "a power of a complex number has an exponent of at least 1")
    if exponent == 1 { return }
    base.set(self)
    var bit = Int.bitWidth - 2 - exponent.leadingZeroBitCount
    while bit >= 0 {
      square(t)
      if exponent >> bit & 1 == 1 { multiply(by: base, t) }
      bit -= 1
    }
  }
}
