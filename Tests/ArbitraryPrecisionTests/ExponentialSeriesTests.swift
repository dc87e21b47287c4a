// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ExponentialSeriesTests {
  /// e^(re + i im) within 2^-390.
  private func exponential(_ re: Rational, _ im: Rational) -> ComplexRational {
    var ball = ComplexBall(precision: 400)
    ball.set(re, im)
    ball.formExponential(.init(precision: 400))
    return ball.midpoint
  }

  /// Random words up to `limit`, as many of them next to an end of a table's interval.
  private func word(_ random: inout RandomInput, limit: Double) -> Int128 {
    let last = Int128(limit * 0x1p60) << 65
    guard Bool.random(using: &random) else {
      return Int128.random(in: -last...last, using: &random)
    }
    let step = Int128(2 * random.int(-29...29) + 1) << 119
    return min(last, max(-last, step + Int128(random.int(-2...2))))
  }

  @Test func `powers are within 3.6 units`() {
    var worst = 0.0
    forRandomInput(3000) { random in
      let r = word(&random, limit: 0.39)
      let exact = exponential(Real(word: r, exponent: -125).rational, 0).re
      let value = Real(word: ExponentialSeries.real(r), exponent: -125).rational
      let error = (value - exact).magnitude / exact * powerOfTwo(125)
      #expect(error <= Rational(36, 10), random.note)
      worst = max(worst, Real(error, precision: 53, rounding: .up).double())
    }
    print("series of a power: at most \(worst) units, stated 3.6")
    #expect(worst > 0.9)
  }

  @Test func `points of the circle are within 3.1 units`() {
    var worst = 0.0
    forRandomInput(3000) { random in
      let s = word(&random, limit: 0.89)
      let exact = exponential(0, Real(word: s, exponent: -125).rational)
      let turn = ExponentialSeries.turn(s)
      let value = ComplexRational(
        re: Real(word: turn.cosine, exponent: -125).rational,
        im: Real(word: turn.sine, exponent: -125).rational)
      let error = (value - exact).norm * powerOfTwo(250)
      #expect(error <= Rational(31 * 31, 100), random.note)
      worst = max(worst, Real(error, precision: 53, rounding: .up).double().squareRoot())
    }
    print("series of a turn: at most \(worst) units, stated 3.1")
    #expect(worst > 0.9)
  }

  @Test func `table entries lack less than a unit`() {
    for m in -13...13 {
      let exact = exponential(Rational(m, 32), 0).re * powerOfTwo(125)
      let entry = Real(word: ExponentialTable.shared.power(m), exponent: 0).rational
      #expect(entry <= exact && exact < entry + 1)
    }
    for m in 0...28 {
      let exact = exponential(0, Rational(m, 32))
      let entry = ExponentialTable.shared.turn(UInt(m))
      for (part, exact) in [(entry.cosine, exact.re), (entry.sine, exact.im)] {
        let value = Real(word: part, exponent: 0).rational
        #expect(value <= exact * powerOfTwo(125) && exact * powerOfTwo(125) < value + 1)
      }
    }
  }
}
