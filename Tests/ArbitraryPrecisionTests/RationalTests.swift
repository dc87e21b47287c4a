// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@Suite struct RationalTests {
  @Test func `fractions are reduced and carry their sign in the numerator`() {
    for (a, b, text) in [
      (6, 4, "3/2"), (6, -4, "-3/2"), (-6, -4, "3/2"), (0, -5, "0"), (8, 4, "2"), (-8, 4, "-2"),
    ] {
      let x = Rational(a, b)
      #expect(x.description == text)
      #expect(x.denominator.signum == 1)
      #expect(x.numerator * Integer(b) == Integer(a) * x.denominator)
      #expect(x.isInteger == (x.denominator == 1))
    }
  }

  @Test func `the field laws hold`() {
    forRandomInput(300) { random in
      let a = random.rational(bits: 150)
      let b = random.nonzeroRational(bits: 150)
      let c = random.rational(bits: 150)
      #expect((a + b) * c == a * c + b * c, random.note)
      #expect(a - b + b == a && a / b * b == a, random.note)
      #expect(a + -a == 0 && (a - c).signum == -(c - a).signum, random.note)
      #expect((a < c) == ((c - a).signum > 0), random.note)
      #expect(a.magnitude.signum >= 0 && a.magnitude * a.magnitude == a * a, random.note)
      // The definition: cross products of integers.
      let sum = a.numerator * c.denominator + c.numerator * a.denominator
      #expect(a + c == Rational(sum, a.denominator * c.denominator), random.note)
      var total = a
      total += c
      #expect(total == a + c, random.note)
    }
  }

  @Test func `powers of either sign`() {
    #expect(Rational(2, 3).power(3) == Rational(8, 27))
    #expect(Rational(-2, 3).power(-3) == Rational(-27, 8))
    #expect(Rational(0).power(0) == 1)
    #expect(Rational(0).power(4) == 0)
  }

  @Test func `equal values hash alike`() {
    #expect(Set([Rational(1, 2), Rational(2, 4), Rational(-3, -6), 1]).count == 2)
    #expect(Rational(1, 3) != Rational(1, 4))
    #expect([Rational(1, 2), Rational(-1, 3), 0, Rational(1, 3)].max() == Rational(1, 2))
  }

  @Test func `a copy is not changed with the original`() {
    var a = Rational(1, 2)
    let b = a
    a += 1
    #expect(a == Rational(3, 2) && b == Rational(1, 2))
    var numerator = b.numerator
    numerator.add(10)
    #expect(b == Rational(1, 2) && numerator == 11)
  }

  @Test func `a denominator of zero is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Rational(1, 0) }
    await #expect(processExitsWith: .failure) { _ = Rational(1) / Rational(0) }
    await #expect(processExitsWith: .failure) { _ = Rational(0).power(-1) }
  }
}
