// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct AlignedTextWriterTests {
  private func text(
    _ columns: [String], _ rows: [[TableField]],
    limit: Int = AlignedTextWriter.defaultBufferedRowLimit
  ) throws -> String {
    try printed(columns: columns, rows: rows) {
      AlignedTextWriter(bufferedRowLimit: limit, sink: $0)
    }
  }

  @Test func `numbers align to the right and text to the left, two spaces apart`() throws {
    let rows: [[TableField]] = [
      [.text("cifar-10"), .integer(5), .number("0.5"), .text("with-replacement")],
      [.text("x"), .integer(1024), .negativeInfinity, .text("without")],
      [.absent, .integer(7), .absent, .absent],
    ]
    #expect(
      try text(["dataset", "draws", "log10", "sampling"], rows) == """
        dataset   draws  log10  sampling
        cifar-10      5    0.5  with-replacement
        x          1024   -inf  without
                      7

        """)
  }

  @Test func `a table without rows is its header`() throws {
    #expect(try text(["a", "draws"], []) == "a  draws\n")
  }

  @Test func `a column with any text in it is a text column`() throws {
    #expect(try text(["value"], [[.integer(1)], [.text("none")]]) == "value\n1\nnone\n")
  }

  @Test func `widths count characters, not bytes`() throws {
    let rows: [[TableField]] = [[.text("éé"), .integer(1)], [.text("abc"), .integer(2)]]
    #expect(try text(["x", "n"], rows) == "x    n\néé   1\nabc  2\n")
  }

  @Test(arguments: [
    ("a\nb", #"a\nb"#), ("a\r\nb", #"a\r\nb"#), ("\u{1B}[31m", #"\u{1B}[31m"#),
    ("\u{9B}31m", #"\u{009B}31m"#), ("tab\t", #"tab\t"#), ("\u{7F}", #"\u{7F}"#),
  ])
  func `control characters are printed as escapes`(field: String, escaped: String) throws {
    #expect(try text(["x"], [[.text(field)]]) == "x\n\(escaped)\n")
    #expect(try text([field], []) == "\(escaped)\n")
  }

  @Test func `rows beyond the limit stream in the widths of those before it`() throws {
    let numbers = [[1, 10], [100, 2], [5, 3], [12345, 6]]
    let rows = numbers.map { $0.map(TableField.integer) }
    #expect(
      try text(["a", "b"], rows, limit: 2)
        == "  a   b\n  1  10\n100   2\n  5   3\n12345   6\n")
    #expect(try text(["a", "b"], rows, limit: 0).hasPrefix("a  b\n1  10\n"))
  }

  @Test func `nothing is written before the limit, and then one row at a time`() throws {
    var pieces = 0
    var writer = AlignedTextWriter(bufferedRowLimit: 3) { _ in pieces += 1 }
    try writer.begin(columns: ["a"])
    for row in 1...3 { try writer.append(row: [.integer(row)]) }
    #expect(pieces == 0)
    try writer.append(row: [.integer(4)])
    #expect(pieces == 5)
    try writer.append(row: [.integer(5)])
    #expect(pieces == 6)
    try writer.finish()
    #expect(pieces == 6)
  }

  @Test func `a limit below zero traps`() async {
    await #expect(processExitsWith: .failure) {
      _ = AlignedTextWriter(bufferedRowLimit: -1) { _ in }
    }
  }

  @Test func `columns without anything in them can be left out, unless rows were printed`() throws {
    let rows: [[TableField]] = [
      [.integer(1), .absent, .text("x")], [.integer(2), .absent, .absent],
    ]
    func text(limit: Int, _ rows: [[TableField]]) throws -> String {
      try printed(columns: ["a", "b", "c"], rows: rows) {
        AlignedTextWriter(bufferedRowLimit: limit, omitsEmptyColumns: true, sink: $0)
      }
    }
    #expect(try text(limit: 2, rows) == "a  c\n1  x\n2\n")
    #expect(try text(limit: 1, rows) == "a  b  c\n1     x\n2\n")
    #expect(try text(limit: 2, []) == "a  b  c\n")
  }
}
