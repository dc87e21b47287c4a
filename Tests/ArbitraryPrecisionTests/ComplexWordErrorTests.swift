// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

/// What becomes of errors that the inputs of an operation have.
@Suite struct ComplexWordErrorTests {
  private let t = ComplexWord.Scratch()

  @Test func `an error outside the range of what operations lose is kept`() {
    for error in [0x1p-1000, 0x1p-300, 0x1p-10, 0.5, 3, 1e200] {
      var z = ComplexWord()
      z.set(3)
      z.bound = error
      z.multiply(by: 5)
      check(z.error >= RelativeError(bound: error))
      z.add(1, t)
      // 15 of 16 parts are uncertain.
      check(z.error >= RelativeError(bound: error * 0.93))
      var one = ComplexWord()
      one.set(1)
      one.multiply(by: z, t)
      check(one.error > z.error)
      if error < 1 {
        z.formReciprocal(t)
        check(z.error >= RelativeError(bound: error * 0.93))
      }
    }
    // 2^-1022 2^-100 is no `Double` any more.
    var z = ComplexWord()
    z.set(1)
    z.bound = 0x1p-1022
    var large = ComplexWord()
    large.set(1)
    large.scale(byPowerOfTwo: 100)
    z.add(large)
    check(z.error > .exact)
    z.set(1)
    z.bound = 1
    z.formReciprocal(t)
    check(z.error == .unbounded)
  }

  @Test func `the error of a sum is not below the sum of the errors, exact to the last bit`() {
    forRandomInput(2000) { random in
      // Sums without rounding: what is lost is lost by the bound.
      var (z, w) = (ComplexWord(), ComplexWord())
      z.set(random.int(1...(1 << 61)))
      w.set(random.int(1...(1 << 61)))
      z.bound = Double.random(in: 0...0x1p-20, using: &random)
      w.bound = Double.random(in: 0...0x1p-20, using: &random)
      let absolute = z.midpoint.re * z.bound.rational + w.midpoint.re * w.bound.rational
      z.add(w)
      check(z.bound.rational * z.midpoint.re >= absolute, random.note)
    }
  }

  @Test func `the errors of products and reciprocals are not below those of their factors`() {
    forRandomInput(1000) { random in
      var (z, w) = (ComplexWord(), ComplexWord())
      z.set(random.int(1...(1 << 61)))
      w.set(random.int(1...(1 << 61)))
      z.bound = Double.random(in: 0...0.9, using: &random)
      w.bound = Double.random(in: 0...0.9, using: &random)
      let (e, f) = (z.bound.rational, w.bound.rational)
      z.multiply(by: w, t)
      check(z.bound.rational >= e + f + e * f, random.note)
      w.formReciprocal(t)
      check(w.bound.rational >= f / (1 - f), random.note)
    }
  }
}
