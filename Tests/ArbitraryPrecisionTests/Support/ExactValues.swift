// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) @testable import ArbitraryPrecision

/// 2 to a power of either sign.
func powerOfTwo(_ exponent: Int) -> Rational {
  let power = Integer(1).shiftedLeft(by: Int(exponent.magnitude))
  return exponent >= 0 ? Rational(power) : Rational(1, power)
}

private func twoToThe(_ exponent: Int) -> Rational { powerOfTwo(exponent) }

extension Double {
  /// The value of a finite number as a fraction.
  var rational: Rational { Real(self).rational }
}

extension RelativeError {
  /// The bound as a fraction; nil for infinity.
  var rational: Rational? {
    mantissa.isFinite ? mantissa.rational * twoToThe(exponent) : nil
  }
}

extension Magnitude {
  /// The bound as a fraction; nil for infinity.
  var rational: Rational? {
    mantissa.isFinite ? mantissa.rational * powerOfTwo(exponent) : nil
  }
}

/// A complex number with rational parts: the oracle of `ComplexBall` and `ComplexWord`.
struct ComplexRational: Equatable {
  var re: Rational
  var im: Rational

  static func + (a: Self, b: Self) -> Self { Self(re: a.re + b.re, im: a.im + b.im) }
  static func - (a: Self, b: Self) -> Self { Self(re: a.re - b.re, im: a.im - b.im) }
  static func * (a: Self, b: Self) -> Self {
    Self(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
  }

  var norm: Rational { re * re + im * im }
  var conjugate: Self { Self(re: re, im: -im) }
  var reciprocal: Self { Self(re: re / norm, im: -im / norm) }

  func power(_ exponent: Int) -> Self {
    (0..<exponent).reduce(Self(re: 1, im: 0)) { result, _ in result * self }
  }
}

extension RandomInput {
  mutating func complexRational(bits: Int) -> ComplexRational {
    ComplexRational(re: rational(bits: bits), im: rational(bits: bits))
  }
}

extension RigorousComplex where Self: ~Copyable {
  var midpoint: ComplexRational {
    ComplexRational(re: realPart.rational, im: imaginaryPart.rational)
  }

  /// Whether |z - m| <= e |m|, decided exactly. Of `slack` = 2^-40 it also leaves that part of the
  /// radius, for a z that is only known up to less.
  func contains(_ z: ComplexRational, slack: Rational = 0) -> Bool {
    guard let e = error.rational else { return true }
    let radius = e * (1 - slack)
    return (z - midpoint).norm <= radius * radius * midpoint.norm
  }
}

extension RealBall {
  var midpoint: Rational {
    var copy = Accumulator(precision: value.precision)
    copy.set(value, rounding: .nearest)
    return Real(copy).rational
  }

  /// Whether |x - m| <= e |m|, decided exactly.
  func contains(_ x: Rational) -> Bool {
    guard let e = error.rational else { return true }
    return (x - midpoint).magnitude <= e * midpoint.magnitude
  }
}
