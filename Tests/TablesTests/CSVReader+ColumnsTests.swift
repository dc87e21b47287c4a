// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct CSVReaderColumnsTests {
  private func problem(_ text: String, _ required: String...) -> String {
    do throws(TableError) {
      _ = try CSVReader(text, file: "t.csv").columns(required: required)
      return "none"
    } catch {
      return error.description
    }
  }

  @Test func `columns are found in any order and case, and others are ignored`() throws {
    let reader = try CSVReader("x, Count ,LABEL,x\n", file: "t.csv")
    let columns = try reader.columns(named: ["copies", "x "], required: ["label", "count"])
    #expect(columns == ["count": 1, "label": 2])
    #expect(reader.columnNames == ["x", "count", "label", "x"])
  }

  @Test func `all columns that are missing are named at once, with what is odd about the header`() {
    #expect(problem("a,b\n", "a", "c") == "t.csv:1: the column 'c' is missing")
    #expect(
      problem("a\n", "a", "c", "b", "d") == "t.csv:1: the columns 'c', 'b', 'd' are missing")
    #expect(
      problem("a,1.5\n", "b") == "t.csv:1: the column 'b' is missing: the first line must name the "
        + "columns, and has numbers")
    #expect(
      problem("a    b  c\n", "b") == "t.csv:1: the column 'b' is missing: the first line has one "
        + "name with spaces; an aligned table is written as CSV by '--format csv'")
  }

  @Test func `a column that is needed stands once`() {
    #expect(problem("a,x,A,x\n", "a") == "t.csv:1: column 3: the column 'a' appears twice")
    #expect(problem("a,x,x\n", "a") == "none")
  }

  private func number(_ text: String, separator: String = ",") throws(TableError) -> String {
    var reader = try CSVReader("a\(separator)b\n\"\(text)\"\(separator)1\n", file: "t.csv")
    guard let row = try reader.nextRow() else { return "no row" }
    return try reader.number(in: row, column: 0)
  }

  @Test(arguments: [
    ("1,000", "1000"), ("-12,345,678.25e3", "-12345678.25e3"), ("1000", "1000"), ("x", "x"),
    ("1.000", "1.000"), ("", ""), ("2/3", "2/3"), ("1,000,000", "1000000"),
  ])
  func `groups of digits are joined`(text: String, expected: String) throws {
    #expect(try number(text) == expected)
    #expect(try number(text, separator: "\t") == expected)
  }

  @Test(arguments: ["1,00", "1,0000", "0,5", "0,125", "1,000,00", ",000", "1,000/3", "1.000,5"])
  func `commas elsewhere are refused with what to write`(text: String) {
    let error = #expect(throws: TableError.self) { try number(text) }
    #expect(
      error?.description == "t.csv:2: column 1: expected a number, found '\(text)': write a point "
        + "before decimals, and commas between groups of three digits only")
  }

  @Test(arguments: ["1,000", "1.000", "12.345.678"])
  func `beside semicolons, what can mean two numbers is refused`(text: String) {
    let error = #expect(throws: TableError.self) { try number(text, separator: ";") }
    #expect(error?.problem.hasPrefix("'\(text)' can mean a thousand times as much") == true)
  }

  @Test(arguments: ["0.125", "10.0", "1.0000", "1e3"])
  func `beside semicolons, a point is one where nothing else is possible`(text: String) throws {
    #expect(try number(text, separator: ";") == text)
  }
}
