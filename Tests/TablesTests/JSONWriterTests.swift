// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct JSONWriterTests {
  private func json(_ columns: [String], _ rows: [[TableField]] = []) throws -> String {
    try printed(columns: columns, rows: rows) { JSONWriter(sink: $0) }
  }

  @Test func `a table without rows is an empty array`() throws {
    #expect(try json(["a"]) == "[\n]\n")
  }

  @Test func `each row is an object on its own line`() throws {
    let text = try json(["n", "p"], [[.integer(1), .number("0.5")], [.integer(2), .absent]])
    #expect(text == "[\n{\"n\":1,\"p\":0.5},\n{\"n\":2,\"p\":null}\n]\n")
  }

  @Test(arguments: [
    (TableField.text("x"), "\"x\""), (.integer(.max), "9223372036854775807"),
    (.integer(.min), "-9223372036854775808"), (.number("1.5e-300"), "1.5e-300"),
    (.negativeInfinity, "\"-inf\""), (.infinity, "\"inf\""), (.absent, "null"),
    (.text(""), "\"\""),
    (
      .number("0.10000000000000000000000000000000000000000"),
      "0.10000000000000000000000000000000000000000"
    ),
    (.number("-0"), "-0"), (.number("12e+7"), "12e+7"), (.number("1/3"), "\"1/3\""),
    (.number("01"), "\"01\""), (.number("1."), "\"1.\""), (.number(".5"), "\".5\""),
    (.number("1e"), "\"1e\""), (.number("-"), "\"-\""), (.number(""), "\"\""),
    (.number("nan"), "\"nan\""), (.number("1 "), "\"1 \""), (.text("7"), "\"7\""),
  ])
  func `each kind of field has its form`(field: TableField, written: String) throws {
    #expect(try json(["a"], [[field]]) == "[\n{\"a\":\(written)}\n]\n")
  }

  @Test(arguments: [
    ("\"", "\\\""), ("\\", "\\\\"), ("/", "/"), ("\n", "\\n"), ("\r\n", "\\r\\n"), ("\t", "\\t"),
    ("\0", "\\u0000"), ("\u{8}", "\\u0008"), ("\u{1B}[0m", "\\u001b[0m"), ("\u{7F}", "\u{7F}"),
    ("é漢😀", "é漢😀"), ("\"\u{301}", "\\\"\u{301}"),
  ])
  func `strings and names are escaped`(text: String, escaped: String) throws {
    #expect(try json([text], [[.text(text)]]) == "[\n{\"\(escaped)\":\"\(escaped)\"}\n]\n")
  }
}
