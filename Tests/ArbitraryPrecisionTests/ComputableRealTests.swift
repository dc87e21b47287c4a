// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct ComputableRealTests {
  /// The fraction, but known by its enclosures only.
  private func hidden(_ value: Rational) -> ComputableReal {
    ComputableReal {
      Enclosure(value, precision: $0 + 1)
    } isExactly: {
      $0 == value
    }
  }

  /// What the enclosures of an irrational number beside `value` look like: never exact.
  private func beside(_ value: Rational, by gap: Rational) -> ComputableReal {
    ComputableReal { precision in
      let (a, b) = (value + gap * Rational(99, 100), value + gap)
      let gapBits = 1 + max(0, (value / gap).magnitude.numerator.bitWidth)
      let low = min(a, b), high = max(a, b)
      return precision > gapBits
        ? Enclosure((a + b) / 2 + gap * powerOfTwo(-precision) / 7, precision: precision + 1)
        : Enclosure(
          lower: Real(low, precision: precision + gapBits, rounding: .down),
          upper: Real(high, precision: precision + gapBits, rounding: .up))
    } isExactly: { _ in
      false
    }
  }

  @Test(arguments: GoldenValues.decimals)
  func `decimals agree with golden ones`(fraction: String, digits: Int, text: String) throws {
    let value = try Rational(parsing: fraction)
    #expect(try ComputableReal(value).decimal(significantDigits: digits) == text)
    #expect(try hidden(value).decimal(significantDigits: digits) == text)
  }

  @Test func `a decimal is within half a unit in its last place, ties to even`() throws {
    try forRandomInput(300) { random in
      let scale = Rational(10).power(random.int(-40...40))
      let value = random.nonzeroRational(bits: random.int(1...120)) * scale
      let count = random.int(1...40)
      let text = try ComputableReal(value).decimal(significantDigits: count)
      let other = try hidden(value).decimal(significantDigits: count)
      #expect(other == text, random.note)
      let shown = try Rational(parsing: text)
      if shown == value {
        #expect(!text.contains(".") || !text.prefix { $0 != "e" }.hasSuffix("0"), random.note)
        return
      }
      var digits = text.prefix { $0 != "e" }.filter { $0 != "-" && $0 != "." }
      digits = String(digits.drop { $0 == "0" })
      // A long integer is padded with zeros; any other rounded decimal has all its digits.
      #expect(digits.count >= count && (digits.count == count || !text.contains(".")), random.note)
      var unit = Rational(1)
      while shown.magnitude >= unit * 10 { unit = unit * 10 }
      while shown.magnitude < unit { unit = unit / 10 }
      unit = unit / Rational(10).power(count - 1)
      let error = (shown - value).magnitude * 2
      #expect(error <= unit, random.note)
      if error == unit { #expect(!(shown / unit).numerator.isOdd, random.note) }
    }
  }

  @Test(arguments: [
    ("0", "0"), ("1", "1"), ("-1", "-1"), ("0.5", "0.5"), ("2/3", "0.6667"), ("-2/3", "-0.6667"),
    ("1e-5", "0.00001"), ("1/90000", "0.00001111"), ("1e-6", "1e-6"), ("1/900000", "1.111e-6"),
    ("1e20", "100000000000000000000"), ("123e18", "123000000000000000000"), ("1e21", "1e21"),
    ("99995e-5", "1.000"), ("99994e-5", "0.9999"), ("100005e-5", "1.000"),
    ("12345", "12340"), ("12355", "12360"), ("123456", "123500"), ("-99999e16", "-1.000e21"),
  ])
  func `four digits`(value: String, text: String) throws {
    let x = try Rational(parsing: value)
    #expect(try ComputableReal(x).decimal(significantDigits: 4) == text)
    if x.signum != 0 { #expect(try hidden(x).decimal(significantDigits: 4) == text) }
  }

  @Test(arguments: [20, 400, 3000])
  func `a number that comes near 1 without reaching it shows its zeros`(exponent: Int) throws {
    for gap in [-Rational(10).power(-exponent), Rational(10).power(-exponent)] {
      for number in [ComputableReal(1 + gap), hidden(1 + gap), beside(1, by: gap)] {
        #expect(try number.decimal(significantDigits: 4) == "1.000")
        #expect(try number.decimal(significantDigits: 1) == "1")
      }
      for number in [ComputableReal(-1 + gap), hidden(-1 + gap), beside(-1, by: gap)] {
        #expect(try number.decimal(significantDigits: 10) == "-1.000000000")
      }
    }
    #expect(try hidden(1).decimal(significantDigits: 10) == "1")
  }

  @Test func `a number that comes near a tie is rounded to its side`() throws {
    for exponent in [10, 100, 600] {
      let gap = Rational(10).power(-exponent)
      for (tie, below, above) in [("2.5", "2", "3"), ("9.5", "9", "10"), ("0.15", "0.1", "0.2")] {
        let value = try Rational(parsing: tie)
        for number in [ComputableReal(value - gap), hidden(value - gap), beside(value, by: -gap)] {
          #expect(try number.decimal(significantDigits: 1) == below)
        }
        for number in [ComputableReal(value + gap), hidden(value + gap), beside(value, by: gap)] {
          #expect(try number.decimal(significantDigits: 1) == above)
        }
      }
    }
  }

  @Test func `a thousand digits`() throws {
    let text = try ComputableReal(Rational(1, 7)).decimal(significantDigits: 1000)
    #expect(text == "0." + String(repeating: "142857", count: 166) + "1429")
    #expect(try hidden(Rational(1, 7)).decimal(significantDigits: 1000) == text)
    // A decimal of a thousand digits and one more, a tie.
    let long = Rational(Integer(10).power(1000) + 25, Integer(10).power(1001))
    let digits = try ComputableReal(long).decimal(significantDigits: 1000)
    #expect(digits == "0.1" + String(repeating: "0", count: 998) + "2")
    #expect(try hidden(long).decimal(significantDigits: 1000) == digits)
  }

  @Test func `the exact value is asked for only when the decimals cannot be settled`() throws {
    let number = ComputableReal {
      Enclosure(Rational(2, 3), precision: $0 + 1)
    } isExactly: { _ in
      Issue.record("asked", severity: .error)
      return false
    }
    #expect(try number.decimal(significantDigits: 5) == "0.66667")
  }

  @Test func `enclosures that do not narrow are given up`() {
    let stuck = ComputableReal { _ in
      Enclosure(lower: Real(1), upper: Real(2))
    } isExactly: { _ in
      false
    }
    let error = #expect(throws: ConvergenceError.self) {
      try stuck.decimal(significantDigits: 3)
    }
    #expect(error?.operation == "rounding to 3 digits")
    #expect(error?.precisionReached == 10 + 410 << 16)
  }

  @Test func `enclosures of exact numbers are as narrow as asked`() throws {
    try forRandomInput(200) { random in
      let x = random.rational(bits: 100)
      let p = random.int(1...200)
      let e = try ComputableReal(x).enclosure(precision: p)
      #expect(e.contains(x) && e.isWithin(relativePrecision: p), random.note)
    }
  }

  @Test func `the logarithm of zero`() throws {
    let x = ComputableReal.negativeInfinity
    #expect(x.isNegativeInfinity && !ComputableReal(0).isNegativeInfinity)
    #expect(try x.decimal(significantDigits: 5) == "-inf")
    #expect(try !x.isExactly(0))
    #expect(x.exact == nil)
    #expect(throws: DomainError.self) { try x.enclosure(precision: 10) }
  }

  @Test func `exact values are known, others decided`() throws {
    #expect(ComputableReal(Rational(1, 3)).exact == Rational(1, 3))
    #expect(hidden(Rational(1, 3)).exact == nil)
    #expect(try ComputableReal(Rational(1, 3)).isExactly(Rational(1, 3)))
    #expect(try !ComputableReal(Rational(1, 3)).isExactly(Rational(1, 2)))
    #expect(try hidden(2).isExactly(2) && !hidden(2).isExactly(3))
    #expect(try hidden(2).enclosure(precision: 5).contains(2))
  }

  @Test func `errors of the number's own computation are passed on`() {
    struct Failure: Error {}
    let number = ComputableReal { _ in
      throw Failure()
    } isExactly: { _ in
      false
    }
    #expect(throws: Failure.self) { try number.decimal(significantDigits: 3) }
    #expect(throws: Failure.self) { try number.enclosure(precision: 3) }
  }

  /// 2^(1 - 10^12) = 2.0885014...e-301029995664 (decimal arithmetic of Python), whose sixth digit
  /// is 0.
  @Test func `digits of a number too small to be a fraction`() throws {
    for sign in [1, -1] {
      let number = ComputableReal { precision in
        var value = Accumulator(precision: precision)
        _ = value.set(sign, rounding: .nearest)
        value.scale(byPowerOfTwo: 1 - 1_000_000_000_000)
        let end = Real(value)
        return Enclosure(lower: end, upper: end)
      } isExactly: { _ in
        false
      }
      let text = try number.decimal(significantDigits: 6)
      #expect(text == (sign < 0 ? "-" : "") + "2.08850e-301029995664")
    }
  }

  @Test func `trailing zeros of small decimals go only if the decimal is exact`() throws {
    for sign in [1, -1] {
      let tiny = Rational(Integer(sign), Integer(10).power(2000))
      let text = (sign < 0 ? "-" : "") + "1"
      #expect(try hidden(tiny).decimal(significantDigits: 6) == text + "e-2000")
      let gap = Rational(1, Integer(10).power(2030))
      let near = beside(tiny, by: gap)
      #expect(try near.decimal(significantDigits: 6) == text + ".00000e-2000")
    }
  }

  @Test func `no digits, no bits, and an enclosure around zero are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = try ComputableReal(1).decimal(significantDigits: 0)
    }
    await #expect(processExitsWith: .failure) { _ = try ComputableReal(1).enclosure(precision: 0) }
    await #expect(processExitsWith: .failure) {
      let number = ComputableReal { _ in
        Enclosure(lower: Real(-1), upper: Real(1))
      } isExactly: { _ in
        false
      }
      _ = try number.decimal(significantDigits: 2)
    }
  }
}
