// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct WholeNumberTests {
  @Test(arguments: [
    ("0", 0), ("10", 10), ("10.0", 10), ("1e6", 1_000_000), ("+3", 3), ("-3", -3), ("1.25E2", 125),
    ("00012.500e1", 125), ("120e-1", 12), ("0.000", 0), ("0e999999999999999999999", 0), (".0", 0),
    ("5.", 5), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
    ("922337203685477580.7e1", Int.max), ("1000000000000000000000e-20", 10),
  ])
  func `whole numbers are read exactly, however they are written`(
    text: String, value: Int
  ) throws {
    #expect(try WholeNumber.parse(text) == value)
  }

  @Test(arguments: [
    ("", WholeNumber.Failure.malformed), ("x", .malformed), ("1 0", .malformed), (".", .malformed),
    ("e5", .malformed), ("1e", .malformed), ("1e+", .malformed), ("--1", .malformed),
    ("0x10", .malformed), ("nan", .malformed), ("1,000", .malformed), ("1e1.5", .malformed),
    ("2.5", .fractional), ("1e-1", .fractional), ("1e-99999999999999999999", .fractional),
    ("0.0001", .fractional), ("9223372036854775808", .tooLarge), ("1e19", .tooLarge),
    ("1e99999999999999999999", .tooLarge),
  ])
  func `what is none is refused with the reason`(text: String, failure: WholeNumber.Failure) {
    #expect(throws: failure) { try WholeNumber.parse(text) }
  }
}
