// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct BallSumTests {
  @Test(arguments: [20, 64, 1500])
  func `a sum of balls holds the sum of their numbers`(precision: Int) {
    var sum = BallSum(precision: precision)
    var exact: Rational = 0
    for i in 1...50 {
      let x = Rational(i % 7 + 1, i)
      sum.add(RealBall(x, precision: precision), isNegative: i % 3 == 0)
      exact += i % 3 == 0 ? -x : x
    }
    let enclosure = sum.enclosure()
    #expect(enclosure.contains(exact))
    #expect(enclosure.isWithin(relativePrecision: precision - 10))
  }

  @Test func `a product with an uncertain factor holds every value of the factor`() {
    var sum = BallSum(precision: 30)
    var factor = Accumulator(precision: 30)
    factor.set(0.5, rounding: .nearest)
    sum.add(
      RealBall(Rational(10, 3), precision: 30), times: factor, factorError: Magnitude(0x1p-10))
    let enclosure = sum.enclosure()
    let spread = Rational(1, 1024)
    #expect(enclosure.contains(Rational(10, 3) * (Rational(1, 2) + spread)))
    #expect(enclosure.contains(Rational(10, 3) * (Rational(1, 2) + -spread)))
    #expect(enclosure.width < Real(0.0066))
  }
}
