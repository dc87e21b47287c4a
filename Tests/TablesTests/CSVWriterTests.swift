// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct CSVWriterTests {
  private func csv(_ columns: [String], _ rows: [[TableField]] = []) throws -> String {
    try printed(columns: columns, rows: rows) { CSVWriter(sink: $0) }
  }

  @Test func `the header comes first, and alone when there are no rows`() throws {
    #expect(try csv(["draws", "sampling"]) == "draws,sampling\n")
  }

  @Test func `each kind of field has its form`() throws {
    let row: [TableField] = [
      .text("cifar-10"), .integer(-12), .number("0.99999999999999999"), .negativeInfinity, .absent,
    ]
    #expect(
      try csv(["a", "b", "c", "d", "e"], [row])
        == "a,b,c,d,e\ncifar-10,-12,0.99999999999999999,-inf,\n")
  }

  @Test(arguments: [
    ("plain", "plain"), (" spaces kept ", "\" spaces kept \""), ("\ttab", "\"\ttab\""),
    ("a b", "a b"),
    ("semi;colon", "semi;colon"),
    ("tab\there", "tab\there"), ("é漢", "é漢"), ("a,b", "\"a,b\""),
    ("say \"no\"", "\"say \"\"no\"\"\""), ("\"", "\"\"\"\""), ("two\nlines", "\"two\nlines\""),
    ("two\r\nlines", "\"two\r\nlines\""), ("\r", "\"\r\""), (",\u{301}", "\",\u{301}\""),
    ("\"\u{301}", "\"\"\"\u{301}\""),
  ])
  func `only a field that must be quoted is`(field: String, written: String) throws {
    #expect(try csv([field, "b"]) == written + ",b\n")
    #expect(try csv(["a", "b"], [[.integer(1), .text(field)]]) == "a,b\n1," + written + "\n")
  }

  @Test func `a row of empty fields is no blank line`() throws {
    #expect(try csv(["a"], [[.absent], [.text("")]]) == "a\n\"\"\n\"\"\n")
    #expect(try csv(["a", "b"], [[.absent, .absent]]) == "a,b\n\"\",\n")
  }
}
