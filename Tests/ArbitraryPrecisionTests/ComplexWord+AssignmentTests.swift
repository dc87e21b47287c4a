// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComplexWordAssignmentTests {
  @Test func `integers and Doubles are exact`() {
    forRandomInput(500) { random in
      var z = ComplexWord()
      let n = Int.random(in: .min...(.max), using: &random) >> random.int(0...63)
      z.set(n)
      check(z.error == .exact && z.midpoint == ComplexRational(re: Rational(n), im: 0), random.note)
      let x = random.positiveDouble() * random.element(of: [-1, 1])
      z.set(x)
      check(z.error == .exact && z.midpoint == ComplexRational(re: x.rational, im: 0), random.note)
      let small = random.integer(bits: 125)
      z.set(small)
      check(z.error == .exact && z.realPart.rational == Rational(small), random.note)
    }
    for x in [0.0, -0.0] {
      var z = ComplexWord()
      z.set(x)
      check(z.error == .exact && z.isZero)
    }
  }

  @Test func `long integers and balls of any precision are rounded once`() {
    forRandomInput(1000) { random in
      var z = ComplexWord()
      let n = random.integer(bits: 400)
      z.set(n)
      check(z.contains(ComplexRational(re: Rational(n), im: 0)), random.note)
      check(z.error <= RelativeError(bound: 0x1p-122 * (1 + 0x1p-40)), random.note)
      // A cut-off bit anywhere is noticed.
      z.set(Integer(1).shiftedLeft(by: random.int(126...700)) + 1)
      check(z.error > .exact, random.note)

      let precision = random.element(of: [2, 63, 64, 65, 120, 125, 126, 128, 129, 192, 193, 500])
      let exact = random.complexRational(bits: 600)
      let far = powerOfTwo(random.element(of: [-700, -200, -64, -1, 0, 1, 100, 130]))
      let isReal = random.int(0...3) == 0
      var ball = ComplexBall(precision: precision)
      ball.set(exact.re * far, isReal ? 0 : exact.im)
      z.set(ball)
      check(z.contains(ball.midpoint), random.note)
      check(z.contains(ComplexRational(re: exact.re * far, im: isReal ? 0 : exact.im)), random.note)
      check(z.error >= ball.error, random.note)
      check(
        z.error <= ball.error.compounded(RelativeError(bound: 0x1p-122 * (1 + 0x1p-40))),
        random.note)
      // Nothing is lost of a real number that fits.
      if isReal && precision <= 125 { check(z.midpoint == ball.midpoint && z.error == ball.error) }

      let real = RealBall(exact.re, precision: precision)
      z.set(real)
      check(z.contains(ComplexRational(re: exact.re, im: 0)), random.note)
      check(z.error >= real.error && z.imaginaryPart == Real(0), random.note)
    }
  }

  @Test func `what is not a number is unknown`() {
    var ball = ComplexBall(precision: 20)
    ball.formReciprocal(.init(precision: 20))
    var z = ComplexWord()
    z.set(ball)
    check(z.error == .unbounded && z.isZero)
    var real = RealBall(precision: 20)
    real.divide(by: 0)
    z.set(real)
    check(z.error == .unbounded)
    ball.set(0)
    z.set(ball)
    check(z.error == .exact && z.isZero)
  }
}
