// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// The midpoint, and bounds of its absolute value.
extension ComplexBall {
  /// A copy of the midpoint's real part.
  public var realPart: Real { unsafe copy(x) }

  /// A copy of the midpoint's imaginary part.
  public var imaginaryPart: Real { unsafe copy(y) }

  private func copy(_ part: mpfr_srcptr) -> Real {
    let result = Accumulator(precision: precision)
    unsafe mpfr_set(result.pointer, part, MPFR_RNDN)
    return Real(result)
  }

  /// An upper bound of the midpoint's absolute value.
  public var size: Magnitude {
    let (value, exponent) = absoluteValue(up: true)
    return Magnitude(value * (1 + 0x1p-49), exponent: exponent)
  }

  /// A lower bound of the midpoint's absolute value, times 2 to the power `exponent`; infinity if
  /// the midpoint is not a finite number.
  public var lowerSize: (value: Double, exponent: Int) {
    let (value, exponent) = absoluteValue(up: false)
    return (value * (1 - 0x1p-49), exponent)
  }

  /// The midpoint is (re + i im) 2^exponent with parts of at most 1 in size, up to 2^-51 in each;
  /// infinite parts if it is not a finite number.
  public var approximation: (re: Double, im: Double, exponent: Int) {
    let (a, ex) = unsafe leadingBits(x, up: false)
    let (b, ey) = unsafe leadingBits(y, up: false)
    guard a.isFinite, b.isFinite else { return (.infinity, .infinity, 0) }
    let exponent = a == 0 ? ey : b == 0 ? ex : max(ex, ey)
    // Rounding down loses less than 2^-52 of a part; one below 2^-100 of the other is left out.
    func scaled(_ value: Double, _ own: Int, _ isNegative: Bool) -> Double {
      guard value > 0, own - exponent > -100 else { return 0 }
      let size = value * Double(sign: .plus, exponent: own - exponent, significand: 1)
      return isNegative ? -size : size
    }
    return (
      scaled(a, ex, unsafe mpfr_signbit(x) != 0), scaled(b, ey, unsafe mpfr_signbit(y) != 0),
      exponent
    )
  }

  /// sqrt(x^2 + y^2) from parts rounded to 53 bits, scaled by the larger one's exponent; the
  /// four `Double` operations err by a factor below 1 + 2^-50.
  /// What is infinite or not a number counts as infinite.
  private func absoluteValue(up: Bool) -> (Double, Int) {
    let (a, ex) = unsafe leadingBits(x, up: up)
    let (b, ey) = unsafe leadingBits(y, up: up)
    guard a.isFinite, b.isFinite else { return (.infinity, 0) }
    if b == 0 { return (a, ex) }
    if a == 0 { return (b, ey) }
    let (large, small, top, gap) = ex >= ey ? (a, b, ex, ey - ex) : (b, a, ey, ex - ey)
    // A part below 2^-500 of the other is left out: it adds less than 2^-1000 to the root.
    let scaled = gap >= -500 ? small * Double(sign: .plus, exponent: gap, significand: 1) : 0
    return ((large * large + scaled * scaled).squareRoot(), top)
  }

  /// Multiplies by 2 to the power `exponent`: exact.
  public mutating func scale(byPowerOfTwo exponent: Int) {
    unsafe mpfr_mul_2si(x, x, exponent, MPFR_RNDN)
    unsafe mpfr_mul_2si(y, y, exponent, MPFR_RNDN)
  }

  /// Adds the real part, or twice it, to a sum, and what the sum errs by to `total`: the ball's own
  /// error, and the rounding of the addition to nearest, at most 2^-precision of the new sum.
  public func addRealPart(
    doubled: Bool, to sum: inout Accumulator, error total: inout Magnitude
  ) {
    if doubled { unsafe mpfr_mul_2ui(x, x, 1, MPFR_RNDN) }
    unsafe mpfr_add(sum.pointer, sum.pointer, x, MPFR_RNDN)
    if doubled { unsafe mpfr_div_2ui(x, x, 1, MPFR_RNDN) }
    total = total + size * error * Magnitude(doubled ? 2 : 1)
    total = total + Magnitude(sum) * RelativeError.rounding(precision: sum.precision)
  }

  /// Adds the midpoint of another ball to a sum of midpoints, whose own error is kept elsewhere,
  /// and returns what the sum errs by more: the other's error, and u of the new sum for its
  /// rounding.
  public mutating func addMidpoint(of other: borrowing ComplexBall) -> Magnitude {
    unsafe mpfr_add(x, x, other.x, MPFR_RNDN)
    unsafe mpfr_add(y, y, other.y, MPFR_RNDN)
    return other.size * other.error + size * RelativeError.rounding(precision: precision)
  }
}
