// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct PrintedNumberTests {
  @Test(
    "A number is its digits from the first that is not 0",
    arguments: [
      ("0.00120", false, "120", -3), ("-5", true, "5", 0), ("1.50e-7", false, "150", -7),
      ("120.5", false, "1205", 2), ("0", false, "", -1), ("0.000", false, "", -4),
      ("2.5e-1234567", false, "25", -1_234_567),
    ])
  func reading(text: String, isNegative: Bool, digits: String, exponent: Int) throws {
    let number = try #require(PrintedNumber(text))
    #expect(number.isNegative == isNegative && number.digits == digits)
    #expect(number.digits.isEmpty || number.exponent == exponent)
  }

  @Test(
    "What no table prints is no number",
    arguments: ["", "-", "inf", "1/2", "1.", ".5", "1e", "1.2.3", "+1", "1e99999999999999999999"])
  func malformed(text: String) { #expect(PrintedNumber(text) == nil) }

  @Test(
    "Digits agree up to half a unit",
    arguments: [
      ("0.1235", "0.12345678", 4, 4), ("0.1235", "0.1234500", 4, 4), ("0.1234", "0.1234500", 4, 4),
      ("0.1234", "0.12345001", 4, 3), ("10.00", "9.99999999", 4, 4), ("1.000", "0.99999", 4, 4),
      ("9.995", "9.99999999", 4, 3), ("3", "3", 17, 17), ("3", "3.0000001", 1, 1),
      ("3", "3.0000001", 17, 7), ("-3", "3", 17, 0), ("0", "1e-50", 17, 0), ("5e-7", "5e-9", 3, 0),
      ("1.5e-400000", "1.4999e-400000", 2, 2),
    ])
  func agreement(text: String, other: String, limit: Int, expected: Int) throws {
    let (number, right) = (try #require(PrintedNumber(text)), try #require(PrintedNumber(other)))
    #expect(number.agreeingDigits(with: right, limit: limit) == expected)
  }
}
