// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision

/// An enclosure with the precision, in bits, that results are rounded outward to: formulas of
/// bounds can then be written as they stand in the articles, and not as the Bounds module has them.
struct Interval {
  let enclosure: Enclosure
  let precision: Int

  init(_ enclosure: Enclosure, _ precision: Int) {
    (self.enclosure, self.precision) = (enclosure, precision)
  }

  init(_ value: Rational, _ precision: Int) {
    self.init(Enclosure(value, precision: precision), precision)
  }

  init(_ ball: consuming RealBall, _ precision: Int) { self.init(ball.enclosure(), precision) }

  /// About the number.
  var double: Double { enclosure.lower.double() }

  /// Whether this is the number 0, and not only near it.
  var isZero: Bool { enclosure.isExact && enclosure.lower.signum == 0 }

  static func + (a: Self, b: Self) -> Self {
    Self(a.enclosure.adding(b.enclosure, precision: a.precision), a.precision)
  }

  static func - (a: Self, b: Self) -> Self {
    Self(a.enclosure.subtracting(b.enclosure, precision: a.precision), a.precision)
  }

  static prefix func - (a: Self) -> Self { Self(a.enclosure.negated, a.precision) }

  /// The product with a fraction of any sign.
  static func * (a: Self, b: Rational) -> Self {
    let size = Self(a.enclosure.scaled(by: b.magnitude, precision: a.precision), a.precision)
    return b.signum < 0 ? -size : size
  }

  /// The product with a number that is not negative.
  static func * (a: Self, b: Self) -> Self {
    Self(a.enclosure.scaled(by: b.enclosure.nonnegative, precision: a.precision), a.precision)
  }

  /// The quotient by a positive number.
  static func / (a: Self, b: Self) -> Self {
    a * Self(Enclosure(1).divided(by: b.enclosure, precision: a.precision), a.precision)
  }

  /// e to the number.
  var exponential: Self { Self(enclosure.exponential(precision: precision), precision) }

  /// The natural logarithm of a positive number.
  var logarithm: Self { Self(enclosure.naturalLogarithm(precision: precision), precision) }

  /// ln(1 + x).
  var logarithmOfOnePlus: Self {
    Self(enclosure.logarithmOfOnePlus(precision: precision), precision)
  }

  /// The smallest interval that holds two.
  func joined(with other: Self) -> Self {
    Self(
      Enclosure(
        lower: min(enclosure.lower, other.enclosure.lower),
        upper: max(enclosure.upper, other.enclosure.upper)), precision)
  }
}
