// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

internal import CMPFR

/// A disk in the complex plane: a midpoint and a bound of its relative error.
///
/// The number that it stands for is m(1 + d), |d| <= `error`. Relative errors of products add,
/// so a product of a million factors loses twenty bits and no more, where rectangular
/// intervals would lose half a bit with every rotation. All operations round to nearest at the
/// ball's precision; `MPFRNumber` makes the exponent range so wide (2^62) that nothing under- or
/// overflows. A midpoint that is not a finite number has an infinite size, whatever `error` is.
@safe
@_spi(Arithmetic) public struct ComplexBall: ~Copyable, RigorousComplex {
  let re: MPFRNumber
  let im: MPFRNumber
  public private(set) var error: RelativeError
  public let precision: Int

  /// Zero, to be assigned.
  public init(precision: Int) {
    unsafe re = MPFRNumber(precision: precision)
    unsafe im = MPFRNumber(precision: precision)
    error = .exact
    self.precision = precision
  }

  deinit {
    unsafe re.free()
    unsafe im.free()
  }

  var x: mpfr_ptr { unsafe re.pointer }
  var y: mpfr_ptr { unsafe im.pointer }

  /// Room for the intermediate results of products: made once, outside the loop.
  @safe
  public final class Scratch {
    let a, b, c, d: MPFRNumber

    /// - Parameter precision: The precision of the balls that will use it, in bits.
    public init(precision: Int) {
      unsafe a = MPFRNumber(precision: precision)
      unsafe b = MPFRNumber(precision: precision)
      unsafe c = MPFRNumber(precision: precision)
      unsafe d = MPFRNumber(precision: precision)
    }

    deinit {
      unsafe a.free()
      unsafe b.free()
      unsafe c.free()
      unsafe d.free()
    }
  }

  public static var fixedPrecision: Int? { nil }

  public static func makeScratch(precision: Int) -> Scratch { Scratch(precision: precision) }

  /// The error bounds hold if intermediate results are rounded like the ball's own parts.
  private func assertFit(_ t: Scratch) {
    assert(unsafe mpfr_get_prec(t.a.pointer) >= precision, "scratch of the ball's precision")
  }

  private var u: RelativeError { .rounding(precision: precision) }
  /// The error of a chain of three roundings of each part: (1 + u)^3 - 1.
  private var threeRoundings: RelativeError { u.compounded(u, u) }
  private var productError: RelativeError { .complexProduct(precision: precision) }

  // MARK: - Assignment

  public mutating func set(_ value: Int) {
    let inexact = unsafe mpfr_set_si(x, value, MPFR_RNDN)
    unsafe mpfr_set_zero(y, 1)
    error = inexact == 0 ? .exact : u
  }

  public mutating func set(_ value: Double) {
    let inexact = unsafe mpfr_set_d(x, value, MPFR_RNDN)
    unsafe mpfr_set_zero(y, 1)
    error = inexact == 0 ? .exact : u
  }

  public mutating func set(_ value: Integer) {
    let inexact = unsafe mpfr_set_z(x, value.storage.pointer, MPFR_RNDN)
    unsafe mpfr_set_zero(y, 1)
    error = inexact == 0 ? .exact : u
  }

  /// Becomes a complex fraction.
  public mutating func set(_ real: Rational, _ imaginary: Rational) {
    let a = unsafe mpfr_set_q(x, real.storage.pointer, MPFR_RNDN)
    let b = unsafe mpfr_set_q(y, imaginary.storage.pointer, MPFR_RNDN)
    error = a == 0 && b == 0 ? .exact : u
  }

  public mutating func set(_ real: borrowing RealBall) {
    let inexact = unsafe mpfr_set(x, real.value.pointer, MPFR_RNDN)
    unsafe mpfr_set_zero(y, 1)
    error = inexact == 0 ? real.error : real.error.compounded(u)
  }

  public mutating func set(_ other: borrowing ComplexBall) {
    let a = unsafe mpfr_set(x, other.x, MPFR_RNDN)
    let b = unsafe mpfr_set(y, other.y, MPFR_RNDN)
    error = a == 0 && b == 0 ? other.error : other.error.compounded(u)
  }

  /// Becomes e^(2 pi i numerator / denominator), 0 <= numerator < denominator.
  ///
  /// The angle t = pi * 2 * numerator / denominator takes three roundings: it errs by at most
  /// a = ((1 + u)^3 - 1) t of the stored t. As |e^(id) - 1| <= |d|, e^(it) errs by a factor within
  /// a of 1, to which the rounding of its two parts adds a factor within u of 1.
  ///
  /// - Precondition: 0 <= numerator < denominator < 2^62.
  public mutating func setRootOfUnity(_ numerator: Int, of denominator: Int) {
    precondition(
      numerator >= 0 && numerator < denominator && denominator < 1 << 62,
      "a root of unity has 0 <= numerator < denominator < 2^62")
    if numerator == 0 { return set(1) }
    unsafe mpfr_const_pi(y, MPFR_RNDN)
    unsafe mpfr_mul_si(y, y, 2 * numerator, MPFR_RNDN)
    unsafe mpfr_div_si(y, y, denominator, MPFR_RNDN)
    let angle = unsafe Magnitude(absolute: y)
    unsafe mpfr_sin_cos(y, x, y, MPFR_RNDN)
    error = RelativeError(angle * threeRoundings).compounded(u)
  }

  // MARK: - Arithmetic

  public mutating func multiply(by other: borrowing ComplexBall, _ t: Scratch) {
    assertFit(t)
    assert(other.precision <= precision, "factors of one precision")
    unsafe mpfr_mul(t.a.pointer, x, other.x, MPFR_RNDN)
    unsafe mpfr_mul(t.b.pointer, y, other.y, MPFR_RNDN)
    unsafe mpfr_mul(t.c.pointer, x, other.y, MPFR_RNDN)
    unsafe mpfr_mul(t.d.pointer, y, other.x, MPFR_RNDN)
    unsafe mpfr_sub(x, t.a.pointer, t.b.pointer, MPFR_RNDN)
    unsafe mpfr_add(y, t.c.pointer, t.d.pointer, MPFR_RNDN)
    error = error.compounded(other.error, productError)
  }

  /// Squares: (x + y)(x - y) and 2xy.
  ///
  /// The real part takes three roundings, of the sum, the difference and their product: the exact
  /// x^2 - y^2 is the stored part times (1 + d1)(1 + d2)(1 + d3), |d| <= u, however much x and y
  /// cancel, because they are the midpoint's own parts. The imaginary part takes one. So each
  /// part, and with them the square, errs by at most (1 + u)^3 - 1 of what is stored.
  public mutating func square(_ t: Scratch) {
    assertFit(t)
    unsafe mpfr_add(t.a.pointer, x, y, MPFR_RNDN)
    unsafe mpfr_sub(t.b.pointer, x, y, MPFR_RNDN)
    unsafe mpfr_mul(y, x, y, MPFR_RNDN)
    unsafe mpfr_mul_2ui(y, y, 1, MPFR_RNDN)
    unsafe mpfr_mul(x, t.a.pointer, t.b.pointer, MPFR_RNDN)
    error = error.compounded(error, threeRoundings)
  }

  public mutating func multiply(by factor: Int) {
    let a = unsafe mpfr_mul_si(x, x, factor, MPFR_RNDN)
    let b = unsafe mpfr_mul_si(y, y, factor, MPFR_RNDN)
    if a != 0 || b != 0 { error = error.compounded(u) }
  }

  public mutating func multiply(by factor: Integer) {
    let a = unsafe mpfr_mul_z(x, x, factor.storage.pointer, MPFR_RNDN)
    let b = unsafe mpfr_mul_z(y, y, factor.storage.pointer, MPFR_RNDN)
    if a != 0 || b != 0 { error = error.compounded(u) }
  }

  public mutating func divide(by divisor: Int) {
    let a = unsafe mpfr_div_si(x, x, divisor, MPFR_RNDN)
    let b = unsafe mpfr_div_si(y, y, divisor, MPFR_RNDN)
    if a != 0 || b != 0 { error = error.compounded(u) }
  }

  /// Takes in that the number is off by up to `absolute` more: by e + absolute/|m| in all, and by
  /// an unbounded part of m = 0.
  public mutating func widen(by absolute: Magnitude) {
    if absolute.mantissa == 0 { return }
    error = RelativeError((size * error + absolute).over(lowerSize))
  }

  public mutating func multiply(by factor: Double, _ t: Scratch) {
    assertFit(t)
    unsafe mpfr_set_d(t.a.pointer, factor, MPFR_RNDN)
    unsafe mpfr_mul(x, x, t.a.pointer, MPFR_RNDN)
    unsafe mpfr_mul(y, y, t.a.pointer, MPFR_RNDN)
    error = error.compounded(u, u)
  }

  public mutating func negate() {
    unsafe mpfr_neg(x, x, MPFR_RNDN)
    unsafe mpfr_neg(y, y, MPFR_RNDN)
  }

  public mutating func conjugate() { unsafe mpfr_neg(y, y, MPFR_RNDN) }

  /// Becomes 1/z = conj(z) / |z|^2.
  ///
  /// |z|^2 is a sum of terms that are not negative: the stored one is the exact one times
  /// (1 + d1)(1 + d2), rounded with its terms and as a sum. So x/|z|^2 is the stored quotient times
  /// (1 + d1)(1 + d2)(1 + d3), |d| <= u: (1 + u)^3 - 1 in all. The reciprocal of zero is not a
  /// number.
  public mutating func formReciprocal(_ t: Scratch) {
    assertFit(t)
    unsafe mpfr_sqr(t.a.pointer, x, MPFR_RNDN)
    unsafe mpfr_sqr(t.b.pointer, y, MPFR_RNDN)
    unsafe mpfr_add(t.a.pointer, t.a.pointer, t.b.pointer, MPFR_RNDN)
    unsafe mpfr_div(x, x, t.a.pointer, MPFR_RNDN)
    unsafe mpfr_div(y, y, t.a.pointer, MPFR_RNDN)
    conjugate()
    error = error.ofReciprocal.compounded(threeRoundings)
  }

  /// Adds an integer k.
  ///
  /// The absolute error |z| e carries over to the stored sum s, which is off the exact one by at
  /// most u |s|. As |z| <= |s| (1 + u) + |k|, that is at most e (1 + u + |k|/|s|) + u <= (1 + e) (1
  /// + u) - 1 + e |k|/|s| of the stored sum. A sum of zero has an unbounded error, unless it is
  /// exact.
  public mutating func add(_ value: Int, _ t: Scratch) {
    assertFit(t)
    // Sums of numbers of one precision take half the time.
    let inexact =
      unsafe mpfr_set_si(t.a.pointer, value, MPFR_RNDN) == 0
      ? mpfr_add(x, x, t.a.pointer, MPFR_RNDN) : mpfr_add_si(x, x, value, MPFR_RNDN)
    if error > .exact {
      let sum = lowerSize
      let summand = Double(value.magnitude) * (1 + 0x1p-52)
      error =
        error.magnified(by: summand, over: sum.value, exponent: sum.exponent)
        ?? RelativeError(((size + Magnitude(summand)) * error).over(sum))
    }
    if inexact != 0 { error = error.compounded(u) }
  }

  /// Adds another ball: the absolute errors add, and each part of the sum is rounded once.
  public mutating func add(_ other: borrowing ComplexBall) {
    let absolute = size * error + other.size * other.error
    let a = unsafe mpfr_add(x, x, other.x, MPFR_RNDN)
    let b = unsafe mpfr_add(y, y, other.y, MPFR_RNDN)
    error = RelativeError(absolute.over(lowerSize))
    if a != 0 || b != 0 { error = error.compounded(u) }
  }

  public static func rounding(precision: Int) -> RelativeError {
    .complexProduct(precision: precision)
  }

  public mutating func addRounded(_ other: borrowing ComplexBall) {
    unsafe mpfr_add(x, x, other.x, MPFR_RNDN)
    unsafe mpfr_add(y, y, other.y, MPFR_RNDN)
    error = max(error, other.error)
  }

  /// By Horner's rule: a product and a sum a step, each within a factor of 1 + v of what is stored, so
  /// that c_k y^k has gone through at most 2d.
  public mutating func setValue(
    of coefficients: borrowing BallVector<ComplexBall>, _ range: ClosedRange<Int>,
    at y: borrowing ComplexBall, square: borrowing ComplexBall, size: Magnitude, error: Magnitude,
    _ t: Scratch
  ) {
    set(coefficients[range.upperBound])
    for k in range.dropLast().reversed() {
      multiply(by: y, t)
      addRounded(coefficients[k])
    }
    widen(by: error)
  }

  /// Becomes e^z.
  ///
  /// z errs by at most d = |z| e, so e^z by a factor within e^d - 1 <= d(1 + d) of 1 for d <= 1,
  /// because e^d - 1 - d <= d^2 (e - 2). The computed e^x, cos y, sin y and their products are
  /// rounded once each, two in a part: (1 + u)^2 - 1 <= (1 + u)^3 - 1. If e^x underflows nothing is
  /// known.
  public mutating func formExponential(_ t: Scratch) {
    assertFit(t)
    let d = RelativeError(size * error)
    unsafe mpfr_exp(t.a.pointer, x, MPFR_RNDN)
    let isPositive = unsafe mpfr_zero_p(t.a.pointer) == 0
    unsafe mpfr_sin_cos(t.c.pointer, t.b.pointer, y, MPFR_RNDN)
    unsafe mpfr_mul(x, t.a.pointer, t.b.pointer, MPFR_RNDN)
    unsafe mpfr_mul(y, t.a.pointer, t.c.pointer, MPFR_RNDN)
    error =
      isPositive && d.bound <= 1
      ? d.scaled(by: 1 + d.bound).compounded(threeRoundings) : .unbounded
  }
}
