// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

struct RationalPowerDenominatorTests {
  @Test func theFractionIsTheReducedQuotient() {
    forRandomInput(300) { random in
      let base = random.element(of: [1, 2, 6, 12, 97, 360, 1000, 3 * 65_537])
      let exponent = random.int(0...30)
      // Numerators that share primes with the base, also more of them than the denominator has.
      let numerator =
        random.integer(bits: 80) * Integer(base).power(random.int(0...40))
        * Integer(2).power(random.int(0...9))
      let value = Rational(numerator, overPowerOf: base, exponent)
      let expected = Rational(numerator, Integer(base).power(exponent))
      check(value == expected, "\(random.note) \(numerator)/\(base)^\(exponent)")
      check(
        value.numerator == expected.numerator && value.denominator == expected.denominator,
        random.note)
    }
  }

  @Test func basesTooLongToFactor() {
    let base = 1 << 40 + 15
    check(
      Rational(Integer(base) * 3, overPowerOf: base, 2) == Rational(3, base), "\(base)")
    check(Rational(0, overPowerOf: 10, 5) == 0, "0")
  }

  @Test func factorsMultiplyToTheNumber() {
    for n in Array(1...400) + [1 << 36, 68_718_952_447, 65_537 * 65_537] {
      let factors = Rational.factors(n)
      let product = factors.reduce(Integer(1)) { $0 * Integer($1.prime).power($1.multiplicity) }
      check(product == Integer(n), "\(n)")
      for (prime, multiplicity) in factors {
        check(multiplicity >= 1 && Rational.factors(prime).count == 1, "\(n): \(prime)")
      }
    }
  }
}
