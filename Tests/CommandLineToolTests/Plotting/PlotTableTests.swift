// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@testable import CommandLineTool

@Suite struct PlotTableTests {
  private func table(_ texts: String...) throws(TableError) -> PlotTable {
    try PlotTable(texts.enumerated().map { ("\($0.offset).csv", Array($0.element.utf8)) })
  }

  private func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no problem"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("1.5", 1.5, false), ("-2e-3", -0.002, false),
    ("1.5036205078197800e-22", 1.50362050781978e-22, false),
    ("0", 0, false), ("0e-999", 0, false), ("9.03e-393", 0, true), ("-1e-702", 0, true),
    ("1e400", .infinity, true), ("-12.5E+4000", -.infinity, true),
    ("1e99999999999999999999", .infinity, true), ("1e-99999999999999999999", 0, true),
  ])
  func `decimals of any size are numbers`(text: String, number: Double, isBeyond: Bool) throws {
    let found = try #require(PlotTable.number(text))
    #expect(found.number == number && found.isBeyond == isBeyond)
  }

  @Test(arguments: ["", "x", "1e", "1e+", "1e-+3", "nan", "0x10", "1 2", "1e5e5", "--1", "e5", "."])
  func `other texts are none`(text: String) { #expect(PlotTable.number(text) == nil) }

  @Test func `numbers beyond what can be drawn are drawn at the end, and counted`() throws {
    let table = try table("a\n1e-702\n-1e702\ninf\n\"\"\n-inf\n0\n1e-200\n7\n")
    var notes = PlotNotes()
    let found = try table.rows.map { try table.number($0, "a", &notes) }
    #expect(found == [1e-150, -1e150, nil, nil, nil, 0, 1e-150, 7])
    #expect(notes.clampedCount == 3 && notes.infiniteCount == 2)
    #expect(
      notes.lines == [
        "3 numbers outside 1e-150 to 1e150 drawn at the end of that range",
        "2 numbers left out: infinite",
      ])
    #expect(try table.number(table.rows[0], "b", &notes) == nil)
  }

  @Test func `several files are one table, if their columns are the same`() throws {
    let both = try table("a,b\nx,1\n", "a,b\ny,2\nx,3\n")
    #expect(both.distinct("a") == ["x", "y"] && both.distinct("c") == [""])
    #expect(both.filter { both.text($0, "a") == "x" }.rows.map(\.line) == [2, 3])
    #expect(
      problem { _ = try table("a,b\nx,1\n", "a,c\ny,2\n") }
        == "1.csv:1: the columns are not those of '0.csv'")
    #expect(problem { _ = try table("a,b\n") } == "0.csv:1: there are no rows to draw")
    #expect(
      problem { _ = try table("a,a\n1,2\n") } == "0.csv:1: column 2: the column 'a' appears twice")
    var notes = PlotNotes()
    #expect(
      problem { _ = try both.number(both.rows[1], "a", &notes) }
        == "1.csv:2: column 1: expected a number, found 'y'")
  }
}
