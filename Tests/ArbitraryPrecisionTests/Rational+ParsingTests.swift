// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@Suite struct RationalParsingTests {
  @Test(arguments: [
    ("0", 0, 1), ("3", 3, 1), ("-3", -3, 1), ("+3", 3, 1), ("0.1", 1, 10), ("-1.25e-3", -1, 800),
    ("1e3", 1000, 1), ("1E+3", 1000, 1), ("1e-0", 1, 1), (".5", 1, 2), ("5.", 5, 1), ("-.5", -1, 2),
    ("2/7", 2, 7), ("-2/7", -2, 7), ("+4/8", 1, 2), ("0/5", 0, 1), ("007/010", 7, 10),
    ("12.50", 25, 2), ("-0.0", 0, 1), ("0e99999", 0, 1), ("0.001e3", 1, 1),
  ])
  func `integers, decimals and fractions are read exactly`(text: String, a: Int, b: Int) throws {
    #expect(try Rational(parsing: text) == Rational(a, b))
  }

  @Test(arguments: [
    "", "-", "+", ".", "-.", "e", "e5", ".e5", "1e", "1e+", "1e1.5", "1e1e1", "1.2.3", "--1", "+-1",
    " 1", "1 ", "1 /2", "1/ 2", "1/", "/2", "/", "1/2/3", "1/-2", "1/+2", "1.5/2", "1/2.5", "1e2/3",
    "1/2e3", "0x1p3", "1_000", "1,5", "inf", "-inf", "nan", "½", "１", "١", "1\u{301}", "-\u{301}1",
    "1.\u{301}5", "1/\u{301}2", "1e\u{301}5", "1\n", "\r\n", "1\0", "$1", "1%", "1f", "#", "0..1",
  ])
  func `anything else is refused with the text in the error`(text: String) {
    let error = #expect(throws: DomainError.self) { try Rational(parsing: text) }
    #expect(
      error?.description
        == "number must be an integer, a decimal such as 1.25e-3 or a fraction such as 2/7, "
        + "but is '\(text)'")
  }

  @Test(arguments: ["1/0", "0/0", "-3/000"])
  func `a denominator of zero is refused`(text: String) {
    let error = #expect(throws: DomainError.self) { try Rational(parsing: text) }
    #expect(error?.requirement == "must have a denominator other than 0")
  }

  @Test(arguments: [
    "1e100001", "1e-100001", "1e99999999999999999999", "0e-9223372036854775808",
    "1.5E+170141183460469231731687303715884105728",
  ])
  func `a decimal exponent beyond 100,000 is refused as one`(text: String) {
    let error = #expect(throws: DomainError.self) { try Rational(parsing: text) }
    #expect(error?.requirement == "must have a decimal exponent between -100000 and 100000")
  }

  @Test func `the largest exponents are read`() throws {
    #expect(try Rational(parsing: "1e100000") == Rational(Integer(10).power(100_000)))
    #expect(try Rational(parsing: "-1e-100000") == Rational(-1, Integer(10).power(100_000)))
  }

  @Test func `random decimals are the sums of their digits`() throws {
    try forRandomInput(200) { random in
      var (text, value) = ("", Rational(0))
      let (whole, fraction) = (random.int(0...20), random.int(1...20))
      for i in 0..<(whole + fraction) {
        if i == whole { text += "." }
        let digit = random.int(0...9)
        text += String(digit)
        value += Rational(digit) * Rational(10).power(whole - 1 - i)
      }
      let e = random.int(-50...50)
      let parsed = try Rational(parsing: "-\(text)e\(e)")
      #expect(parsed == -value * Rational(10).power(e), random.note)
      let x = random.rational(bits: 200)
      let same = try Rational(parsing: x.description)
      #expect(same == x, random.note)
    }
  }
}
