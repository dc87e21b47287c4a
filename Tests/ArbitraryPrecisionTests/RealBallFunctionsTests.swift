// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct RealBallFunctionsTests {
  @Test(arguments: [
    Rational(1, 3), Rational(-7, 3), Rational(999_999_999, 1_000_000_000), Rational(1, 10),
    Rational(1_000_000_001, 1_000_000_000),
  ])
  func `one minus a ball holds one minus its number`(x: Rational) {
    for precision in [20, 60, 1500] {
      var ball = RealBall(x, precision: precision)
      ball.formComplement()
      ball.multiply(by: 3)
      #expect(ball.enclosure().contains(3 * (1 - x)))
    }
  }

  @Test func `a difference that rounds to zero keeps its absolute error`() {
    var ball = RealBall(1 + Rational(1, Integer(10).power(30)), precision: 60)
    ball.formComplement()
    ball.square()
    let error = ball.error.bound
    #expect(error > 1)
    #expect(ball.enclosure().contains(Rational(1, Integer(10).power(60))))
  }

  @Test func `the error of an exponential is not below that of numbers at the edge`() throws {
    for k in 1...200 {
      var ball = RealBall(Rational(k, 101), precision: 7)
      let d = ball.midpoint.magnitude * (try #require(ball.error.rational))
      var fine = RealBall(precision: 300)
      fine.set(ball)
      fine.formExponential()
      guard let error = fine.error.rational else { continue }
      // e^d - 1 > d + d^2/2
      check(error >= d + d * d / 2, "k = \(k)")
      ball.formExponential()
      check(try #require(ball.error.rational) >= d + d * d / 2, "k = \(k)")
    }
  }

  @Test(arguments: [-40, -1, 0, 1, 25])
  func `exponentials at two precisions overlap and keep their products`(x: Int) {
    let third = Rational(x, 3)
    var low = RealBall(third, precision: 40)
    var high = RealBall(third, precision: 200)
    low.formExponential()
    high.formExponential()
    let (wide, narrow) = (low.enclosure(), high.enclosure())
    #expect(wide.overlaps(narrow))
    #expect(narrow.isWithin(relativePrecision: 190))
    #expect(wide.isWithin(relativePrecision: 30))
    // e^x e^-x = 1
    var product = RealBall(third, precision: 60)
    var inverse = RealBall(third, precision: 60)
    product.formExponential()
    inverse.negate()
    inverse.formExponential()
    product.multiply(by: inverse)
    #expect(product.enclosure().contains(1))
  }
}
