// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) @testable import ArbitraryPrecision

/// The arithmetics that generic code runs in, for tests that take both.
enum Arithmetic: CaseIterable, Sendable {
  /// `ComplexBall`, of any precision.
  case balls
  /// `ComplexWord`, of 122 bits.
  case words
}

extension RigorousComplex where Self: ~Copyable {
  /// The precision that results have if `precision` is asked for.
  static func precision(askedFor precision: Int) -> Int {
    fixedPrecision.map { min($0, precision) } ?? precision
  }

  var midpoint: ComplexRational {
    ComplexRational(re: realPart.rational, im: imaginaryPart.rational)
  }

  /// Becomes a complex fraction, up to an error that it knows.
  mutating func set(_ z: ComplexRational) {
    var ball = ComplexBall(precision: 400)
    ball.set(z.re, z.im)
    set(ball)
  }

  /// Whether |z - m| <= e |m|: decided exactly.
  func contains(_ z: ComplexRational) -> Bool {
    guard let e = error.rational else { return true }
    let m = midpoint
    let d = ComplexRational(re: z.re - m.re, im: z.im - m.im)
    return d.norm <= e * e * m.norm
  }

  /// Whether the two disks have a point in common, up to the triangle inequality's slack of 2.
  func overlaps<Other: RigorousComplex & ~Copyable>(_ other: borrowing Other) -> Bool {
    guard let e = error.rational, let f = other.error.rational else { return true }
    let (m, o) = (midpoint, other.midpoint)
    let d = ComplexRational(re: m.re - o.re, im: m.im - o.im)
    // (a + b)^2 <= 2 a^2 + 2 b^2
    return d.norm <= 2 * e * e * m.norm + 2 * f * f * o.norm
  }

  /// A lower bound of the absolute value of every number in the disk, squared.
  var leastNorm: Rational {
    guard let e = error.rational, e < 1 else { return 0 }
    return midpoint.norm * (1 - e) * (1 - e)
  }
}
