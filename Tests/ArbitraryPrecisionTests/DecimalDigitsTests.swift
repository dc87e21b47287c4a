// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct DecimalDigitsTests {
  /// The definition: floor division of big integers, rounded half to even.
  private func digits(of value: Rational, count: Int, exponent: Int) -> Integer {
    let scaled = value.magnitude * Rational(10).power(count - exponent)
    let (q, r) = scaled.numerator.floorDivided(by: scaled.denominator)
    let twice = r * 2
    return twice > scaled.denominator || (twice == scaled.denominator && q.isOdd) ? q + 1 : q
  }

  private func randomValue(_ random: inout RandomInput) -> Rational {
    let value = random.nonzeroRational(bits: random.int(1...200))
    switch random.int(0...3) {
    case 0: return value * Rational(10).power(random.int(-60...60))
    // Just beside a power of ten, where the guess of the exponent is tightest.
    case 1:
      return Rational(10).power(random.int(-40...40)) * (1 + Rational(random.int(-1...1)) * value)
        + Rational(10).power(-200)
    // A tie or a short decimal.
    case 2: return Rational(random.int(1...100_000), 2) * Rational(10).power(random.int(-30...30))
    default: return value
    }
  }

  @Test func `a fraction's digits are its long division, rounded half to even`() {
    forRandomInput(400) { random in
      let value = randomValue(&random)
      if value.signum == 0 { return }
      let count = random.int(1...60)
      let d = DecimalDigits(value, count: count)
      #expect(d.digits.count == count, random.note)
      #expect(d.digits.first != UInt8(ascii: "0"), random.note)
      #expect(d.isNegative == (value.signum < 0), random.note)
      // 10^(e-1) <= |value| < 10^e, where rounding may have reached 10^e.
      var e = d.exponent
      if value.magnitude < Rational(10).power(e - 1) { e -= 1 }
      #expect(value.magnitude >= Rational(10).power(e - 1), random.note)
      #expect(value.magnitude < Rational(10).power(e), random.note)
      let expected =
        Rational(digits(of: value, count: count, exponent: e))
        * Rational(10).power(e - count)
      #expect(d.rational.magnitude == expected, random.note)
    }
  }

  @Test func `the digits of a binary number are those of its fraction`() {
    forRandomInput(300) { random in
      let x = Real(
        random.nonzeroRational(bits: 60) * powerOfTwo(random.int(-300...300)),
        precision: random.int(2...80), rounding: .nearest)
      let count = random.int(1...60)
      let d = DecimalDigits(x, count: count, rounding: .nearest)
      #expect(d == DecimalDigits(x.rational, count: count), random.note)
    }
    // Ties of binary numbers: 0.125 and 0.375 to two digits, 2.5 and 3.5 to one.
    for (x, count, text) in [(0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.5, 1, "2"), (3.5, 1, "4")] {
      let d = DecimalDigits(Real(x), count: count, rounding: .nearest)
      #expect(d.text == text)
    }
  }

  @Test func `exponents around every power of ten and two are right`() {
    for e in -50...50 {
      let ten = Rational(10).power(e)
      #expect(DecimalDigits(ten, count: 3).exponent == e + 1)
      #expect(DecimalDigits(ten * Rational(998, 1000), count: 2).exponent == e + 1)
      #expect(DecimalDigits(ten * Rational(994, 1000), count: 2).exponent == e)
      // 2^-900 > 10^-271: 270 nines, which 300 digits show and 260 round up.
      let below = ten * (1 - powerOfTwo(-900))
      #expect(DecimalDigits(below, count: 300).exponent == e)
      #expect(DecimalDigits(below, count: 260).rational == ten)
      #expect(DecimalDigits(below, count: 260).exponent == e + 1)
    }
    for e in stride(from: -20_000, through: 20_000, by: 1999) {
      let d = DecimalDigits(powerOfTwo(e), count: 20)
      let error = (d.rational - powerOfTwo(e)).magnitude
      #expect(error * 2 <= Rational(10).power(d.exponent - 20))
    }
  }

  @Test(arguments: [
    ("0.00001234", "1.234e-5", -5), ("0.00001", "1e-5", -5), ("1.234e-6", "1.234e-6", -6),
    ("0.1", "1e-1", -1), ("1", "1e0", 0), ("-1.5", "-1.5e0", 0), ("120", "1.2e2", 2),
    ("123.4", "1.234e2", 2), ("123400000000000000000", "1.234e20", 20),
    ("-1.234e21", "-1.234e21", 21),
    ("1e21", "1e21", 21), ("100000000000000000000", "1e20", 20),
  ])
  func `exponents -5 to 20 are written out, others not`(
    text: String, scientific: String, exponent: Int
  ) throws {
    let value = try Rational(parsing: text)
    let d = DecimalDigits(value, count: 8).withoutTrailingZeros
    #expect(d.text == text)
    #expect(d.scientific == scientific)
    #expect(d.exponent == exponent + 1)
    #expect(d.rational == value)
  }

  @Test func `trailing zeros`() {
    let d = DecimalDigits(Rational(5, 2), count: 4)
    #expect(d.hasTrailingZeros && d.text == "2.500")
    #expect(d.withoutTrailingZeros.text == "2.5" && !d.withoutTrailingZeros.hasTrailingZeros)
    #expect(d.withoutTrailingZeros.rational == d.rational)
    let one = DecimalDigits(1, count: 1)
    #expect(!one.hasTrailingZeros && one.withoutTrailingZeros == one)
    #expect(DecimalDigits(100, count: 3).withoutTrailingZeros.text == "100")
  }

  @Test func `zero, infinity and a count of zero are refused`() async {
    await #expect(processExitsWith: .failure) { _ = DecimalDigits(0, count: 3) }
    await #expect(processExitsWith: .failure) { _ = DecimalDigits(1, count: 0) }
    await #expect(processExitsWith: .failure) {
      _ = DecimalDigits(Magnitude.infinity.real, count: 3, rounding: .nearest)
    }
  }
}
