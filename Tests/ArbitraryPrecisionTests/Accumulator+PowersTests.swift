// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct AccumulatorPowersTests {
  @Test func powersErrByLessThanTheirExponentInUnits() {
    forRandomInput(300) { random in
      let base = random.int(1...(1 << random.int(1...62)))
      let exponent = random.int(1...(1 << random.int(1...9)))
      // Half of them in words.
      let precision = random.int(0...1) == 0 ? random.int(64...125) : random.int(126...400)
      var power = Accumulator(precision: precision)
      power.setPower(base, exponent)
      let stored = Real(power).rational
      let exact = Rational(Integer(base).power(exponent))
      // exact = stored (1 + d)^exponent, and (1 + u)^k - 1 <= 2 k u for k u <= 1.
      let bound = stored * Rational(2 * exponent) / powerOfTwo(precision)
      check((exact - stored).magnitude <= bound, "\(random.note) \(base)^\(exponent)")
    }
  }

  @Test func largestWords() {
    for (base, exponent) in [(Int.max, 1), (Int.max, 3), (1 << 31, 5), (1, 1000), (2, 62)] {
      var power = Accumulator(precision: 320)
      power.setPower(base, exponent)
      check(Real(power).rational == Rational(Integer(base).power(exponent)), "\(base)^\(exponent)")
    }
  }

  @Test func productsAreRoundedOnce() {
    forRandomInput(100) { random in
      var factors: [Rational] = []
      var product = Accumulator(precision: random.int(2...200))
      func factor() -> Accumulator {
        var x = Accumulator(precision: random.int(2...200))
        x.set(random.nonzeroRational(bits: 90), rounding: .nearest)
        var copy = Accumulator(precision: x.precision)
        copy.set(x, rounding: .nearest)
        factors.append(Real(copy).rational)
        return x
      }
      product.setProduct(factor(), factor())
      let expected = Real(
        factors[0] * factors[1], precision: product.precision, rounding: .nearest)
      check(Real(product) == expected, random.note)
    }
  }

  @Test func aResetNumberRoundsToItsNewPrecision() {
    var x = Accumulator(precision: 300)
    for precision in [300, 191, 127, 64, 2] {
      x.reset(precision: precision)
      check(x.precision == precision && x.signum == 0, "\(precision)")
      x.set(Rational(1, 3), rounding: .nearest)
      var copy = Accumulator(precision: precision)
      copy.set(x, rounding: .nearest)
      check(
        Real(copy) == Real(Rational(1, 3), precision: precision, rounding: .nearest),
        "\(precision)")
    }
  }
}
