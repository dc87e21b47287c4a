// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct TableErrorTests {
  @Test func `the message gives file, line and problem`() {
    let error = TableError(file: "counts.csv", line: 3, problem: "expected 2 fields, found 3")
    #expect("\(error)" == "counts.csv:3: expected 2 fields, found 3")
  }

  @Test func `the message gives the column where there is one`() {
    let error = TableError(file: "a b.csv", line: 12, column: 2, problem: "not an integer: 'x'")
    #expect("\(error)" == "a b.csv:12: column 2: not an integer: 'x'")
  }
}
