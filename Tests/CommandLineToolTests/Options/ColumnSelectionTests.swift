// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct ColumnSelectionTests {
  private static let columns = ["a", "bc", "d"]
  private static let summary: ColumnSelection.Summary = [("d", "D"), ("a", "a")]

  @Test func `without a request there are all columns, or for people those that matter`() throws {
    let all = try ColumnSelection(.usual, of: Self.columns)
    #expect(all.indices == [0, 1, 2] && all.headings == Self.columns && !all.isSummary)
    let few = try ColumnSelection(.usual, of: Self.columns, summary: Self.summary)
    #expect(few.indices == [2, 0] && few.headings == ["D", "a"] && few.isSummary)
    #expect(few.fields(of: [1, 2, 3]) == [3, 1])
    #expect(few.remark(of: Self.columns) == "'--columns all' shows all 3 columns")
    #expect(all.remark(of: Self.columns) == nil)
    #expect(try ColumnSelection(.all, of: Self.columns, summary: Self.summary) == all)
  }

  @Test func `columns are printed in the order in which they are named`() throws {
    let named = try ColumnSelection(.named(["d", "bc"]), of: Self.columns, summary: Self.summary)
    #expect(named.headings == ["d", "bc"] && named.fields(of: [1, 2, 3]) == [3, 2])
  }

  @Test func `a column that is not there, or twice, is refused`() {
    func message(_ names: String...) -> String {
      let error = #expect(throws: UsageError.self) {
        try ColumnSelection(.named(names), of: Self.columns)
      }
      return error?.message ?? ""
    }
    #expect(
      message("a", "bd")
        == "The value 'bd' is invalid for '--columns <list>': there is no such column. Did you mean "
        + "'bc'? It has a, bc, d")
    #expect(message("qqqq").hasSuffix("there is no such column: the table has a, bc, d"))
    #expect(message("a", "a").hasSuffix("a is named twice"))
  }

  @Test func `every table takes the option, in every format`() throws {
    #expect(
      upsilon("coverage --classes 2 --draws 2 --columns miss_probability,draws --format csv").output
        == "miss_probability,draws\n0.5,2\n")
    #expect(
      upsilon("waiting --classes 1 --columns mean --format json").output == "[\n{\"mean\":1}\n]\n")
    #expect(
      upsilon("datasets --columns name --format table").lines.prefix(2) == ["name", "binary"])
    let refused = upsilon("waiting --classes 1 --columns means")
    #expect(refused.status == 64 && refused.output == "" && refused.error.contains("'mean'?"))
    for command in UpsilonCommand.commands
    where command.specification.options.contains(where: { $0.name == "digits" }) {
      #expect(command.specification.options.contains { $0.name == "columns" })
    }
  }
}
