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

  /// What a product or a sum loses at most, of what it stores.
  ///
  /// - Parameter precision: That of the numbers.
  static func rounding(precision: Int) -> RelativeError

  /// Adds the midpoint of another number to this one, whose error becomes the larger one of both: for
  /// sums whose error is bounded elsewhere.
  mutating func addRounded(_ other: borrowing Self)

  /// Becomes the polynomial c_0 + c_1 y + ... + c_d y^d.
  ///
  /// The midpoint is the polynomial's of the midpoints of c_k, y and y^2 within P ((1 + v)^(5d) - 1),
  /// v = u/(1 - u), times the d-th power of a stored |y| above 1.
  ///
  /// - Parameters:
  ///   - coefficients: Where c_0, ..., c_d are among others, 1 <= d <= 64.
  ///   - y: Of at most 1 in size, but for its error.
  ///   - square: y^2, within the same error.
  ///   - size: P, a bound of all |c_k| together, but for a factor of 1 + 2d v.
  ///   - error: What the result errs by, the caller's bound.
  mutating func setValue(
    of coefficients: borrowing BallVector<Self>, _ range: ClosedRange<Int>, at y: borrowing Self,
    square: borrowing Self, size: Magnitude, error: Magnitude, _ t: Scratch)

  mutating func set(_ other: borrowing ComplexBall)

  /// Becomes e^(2 pi i numerator / denominator).
  ///
  /// - Precondition: 0 <= numerator < denominator < 2^62.
  mutating func setRootOfUnity(_ numerator: Int, of denominator: Int)

  mutating func conjugate()
}
