// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Tables
import Testing

@testable import CommandLineTool

@Suite struct TableReportTests {
  @Test("A number is a field of its digits, the logarithm of 0 and no value fields of their own")
  func fields() throws {
    #expect(try TableField.number(ComputableReal(Rational(2, 3)), digits: 4) == .number("0.6667"))
    #expect(try TableField.number(.negativeInfinity, digits: 4) == .negativeInfinity)
    #expect(try TableField.number(nil, digits: 4) == .absent)
  }
}
