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
  /// Becomes a complex fraction, up to an error that it knows.
  mutating func set(_ z: ComplexRational) {
    var ball = ComplexBall(precision: 400)
    ball.set(z.re, z.im)
    set(ball)
  }
}
