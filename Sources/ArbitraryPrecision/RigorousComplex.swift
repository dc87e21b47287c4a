// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A complex number that is computed in place and knows what it errs by: a disk.
@_spi(Arithmetic) public protocol RigorousComplex: RigorousNumber, ~Copyable {
  /// A lower bound of the midpoint's absolute value, times 2 to the power `exponent`; infinity if
  /// the midpoint is not a finite number.
  var lowerSize: (value: Double, exponent: Int) { get }

  /// The midpoint is (re + i im) 2^exponent with parts of at most 1 in size, up to 2^-51 in each;
  /// infinite parts if it is not a finite number.
  var approximation: (re: Double, im: Double, exponent: Int) { get }

  /// A copy of the midpoint's real part.
  ///
  /// - Precondition: The midpoint is a finite number.
  var realPart: Real { get }

  /// A copy of the midpoint's imaginary part.
  ///
  /// - Precondition: The midpoint is a finite number.
  var imaginaryPart: Real { get }

  /// Adds the real part, or twice it, to a sum, and what the sum errs by to `total`: the number's
  /// own error and the rounding of the addition.
  func addRealPart(doubled: Bool, to sum: inout Accumulator, error total: inout Magnitude)

  mutating func set(_ other: borrowing ComplexBall)

  /// Becomes e^(2 pi i numerator / denominator).
  ///
  /// - Precondition: 0 <= numerator < denominator < 2^62.
  mutating func setRootOfUnity(_ numerator: Int, of denominator: Int)

  mutating func conjugate()
}
