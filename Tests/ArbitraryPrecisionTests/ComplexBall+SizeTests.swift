// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComplexBallSizeTests {
  @Test func `sizes bracket the absolute value, however far apart the parts are`() throws {
    try forRandomInput(300) { random in
      let z = random.complexRational(bits: 80)
      let scale = powerOfTwo(random.element(of: [0, 10, 400, 499, 500, 501, 502, 2000]))
      var ball = ComplexBall(precision: random.int(2...120))
      ball.set(z.re * scale, z.im)
      if Bool.random(using: &random) { ball.set(z.re, z.im * scale) }
      let norm = ball.midpoint.norm
      let size = try #require(ball.size.rational)
      check(size * size >= norm, random.note)
      check(size * size <= norm * (1 + powerOfTwo(-45)), random.note)
      let (value, exponent) = ball.lowerSize
      let lower = value.rational * powerOfTwo(exponent)
      check(lower * lower <= norm, random.note)
      check(lower * lower >= norm * (1 - powerOfTwo(-45)), random.note)
    }
    forRandomInput(200) { random in
      let z = random.complexRational(bits: 80)
      var ball = ComplexBall(precision: random.int(2...120))
      ball.set(z.re * powerOfTwo(random.int(-150...150)), z.im)
      if ball.midpoint.norm.signum == 0 { return }
      let (re, im, exponent) = ball.approximation
      let unit = powerOfTwo(exponent)
      check(max(abs(re), abs(im)) >= 0.5 && max(abs(re), abs(im)) <= 1, random.note)
      for (part, exact) in [(re, ball.midpoint.re), (im, ball.midpoint.im)] {
        check((part.rational * unit - exact).magnitude <= unit * powerOfTwo(-51), random.note)
      }
    }
    let zero = ComplexBall(precision: 10)
    check(zero.approximation.re == 0 && zero.approximation.im == 0)
    check(zero.size.rational == 0 && zero.lowerSize.value == 0)
  }

  @Test func `a midpoint that is not a number has an infinite size`() {
    let scratch = ComplexBall.Scratch(precision: 20)
    var ball = ComplexBall(precision: 20)
    ball.formReciprocal(scratch)
    check(ball.size.rational == nil)
    check((ball.size * ball.error).rational == nil)
    // Infinity beside a finite part of a larger exponent.
    var infinite = ComplexBall(precision: 20)
    infinite.set(Double.infinity)
    var finite = ComplexBall(precision: 20)
    finite.set(0, powerOfTwo(1000))
    infinite.add(finite)
    check(infinite.size.rational == nil)
    check(Magnitude(1).over(infinite.lowerSize).rational == nil)
  }

  @Test(arguments: [2, 5, 24, 60, 1500])
  func `a sum of real parts lies within its error`(precision: Int) {
    forRandomInput(20, seed: UInt64(precision)) { random in
      var (exact, total) = (Rational(0), Magnitude.zero)
      var sum = Accumulator(precision: precision)
      for _ in 0..<8 {
        let z = random.complexRational(bits: 40)
        var ball = ComplexBall(precision: precision)
        ball.set(z.re, z.im)
        let before = ball.midpoint
        let doubled = Bool.random(using: &random)
        ball.addRealPart(doubled: doubled, to: &sum, error: &total)
        exact += z.re * (doubled ? 2 : 1)
        check(ball.midpoint == before, random.note)
      }
      check(Enclosure(center: sum, radius: total).contains(exact), random.note)
    }
  }

  @Test func `a sum of numbers at the edges of their balls lies within its error`() {
    forRandomInput(50) { random in
      var (exact, total) = (Rational(0), Magnitude.zero)
      var sum = Accumulator(precision: 200)
      for _ in 0..<4 {
        // Of few bits, so that its error hides all others.
        var ball = ComplexBall(precision: 10)
        ball.set(Rational(random.int(1...1000), 1001), 0)
        let doubled = Bool.random(using: &random)
        let edge = ball.midpoint.re * (1 + (ball.error.rational ?? 0))
        exact += edge * (doubled ? 2 : 1)
        ball.addRealPart(doubled: doubled, to: &sum, error: &total)
      }
      check(Enclosure(center: sum, radius: total).contains(exact), random.note)
    }
  }

  @Test func `a term of which nothing is known makes the sum unknown`() {
    var ball = ComplexBall(precision: 10)
    ball.set(Rational(1, 3), 0)
    var other = ComplexBall(precision: 10)
    other.set(Rational(-1, 3), 0)
    // 1/3 - 1/3 with an error each: the midpoint cancels to zero, the error does not.
    ball.add(other)
    check(ball.midpoint == ComplexRational(re: 0, im: 0))
    check(ball.error == .unbounded)
    var sum = Accumulator(precision: 10)
    var total = Magnitude.zero
    ball.addRealPart(doubled: false, to: &sum, error: &total)
    check(total.rational == nil)
    check(Enclosure(center: sum, radius: total).contains(powerOfTwo(-20)))
  }
}
