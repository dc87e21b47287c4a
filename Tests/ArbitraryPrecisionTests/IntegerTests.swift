// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct IntegerTests {
  @Test(arguments: [
    "0", "1", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "-123456789012345678901234567890123456789012345678901234567890",
  ])
  func `decimal digits are read and written`(text: String) throws {
    #expect(try Integer(parsing: text).description == text)
  }

  @Test(arguments: [("+7", "7"), ("-0", "0"), ("+0", "0"), ("007", "7"), ("-00120", "-120")])
  func `signs and leading zeros are read`(text: String, value: String) throws {
    #expect(try Integer(parsing: text).description == value)
  }

  @Test(arguments: [
    "", "-", "+", "--1", "+-1", "-+1", " 1", "1 ", "1 2", "1\n", "\r\n1", "1.0", "1e3", "1_000",
    "0x10", "1,000", "abc", "١٢", "１２", "−1", "-\u{301}1", "1\u{301}", "inf", "nan", "1/2", "\0",
    "1\0",
  ])
  func `anything else is refused with the text in the error`(text: String) {
    let error = #expect(throws: DomainError.self) { try Integer(parsing: text) }
    #expect(error?.description == "integer must be a decimal integer, but is '\(text)'")
  }

  @Test func `a copy keeps its value when the original is changed`() {
    var a = Integer(5)
    let b = a
    a.add(2)
    #expect(a == 7 && b == 5)
    var c = a
    c.negate()
    #expect(a == 7 && c == -7)
    c.multiply(by: 3)
    #expect(a == 7 && c == -21)
    let d = c
    c.addProduct(a, a)
    #expect(c == 28 && d == -21 && a == 7)
  }

  @Test func `a value may be its own operand`() {
    var a = Integer(6)
    a.add(a)
    #expect(a == 12)
    a.addProduct(a, a)
    #expect(a == 156)
    a -= a
    #expect(a == 0)
    a = 7
    a *= a
    #expect(a == 49)
  }

  @Test func `equal values hash alike and are ordered as numbers`() throws {
    let big = try Integer(parsing: "100000000000000000000")
    #expect(Set([big, Integer(10).power(20), 3, Integer(3)]).count == 2)
    #expect([big, -big, 0, 3, -3].sorted() == [-big, -3, 0, 3, big])
    #expect(!(big < big))
  }

  @Test func `queries on values around machine integers`() {
    let max = Integer(Int.max)
    #expect(max.int == .max && (max + 1).int == nil)
    #expect(Integer(Int.min).int == .min && (Integer(Int.min) - 1).int == nil)
    #expect(Integer(0).bitWidth == 0 && Integer(1).bitWidth == 1 && Integer(-8).bitWidth == 4)
    #expect((max + 1).bitWidth == 64)
    #expect(Integer(0).signum == 0 && Integer(-4).signum == -1 && max.signum == 1)
    #expect(!Integer(0).isOdd && Integer(-3).isOdd && !Integer(4).isOdd)
    #expect(Integer(-2).bit(0) == false && Integer(-2).bit(70) && Integer(5).bit(2))
    #expect(!Integer(5).bit(1))
  }

  @Test func `the scaled approximation is truncated to 53 bits`() {
    forRandomInput(200) { random in
      let x = random.integer(bits: 300)
      let (mantissa, exponent) = x.scaledApproximation
      if x.signum == 0 {
        #expect(mantissa == 0)
        return
      }
      let value = mantissa.rational * powerOfTwo(exponent)
      #expect(abs(mantissa) >= 0.5 && abs(mantissa) < 1, random.note)
      #expect(value.magnitude <= Rational(x.magnitude), random.note)
      #expect(value.magnitude * (1 + powerOfTwo(-52)) > Rational(x.magnitude), random.note)
    }
  }
}
