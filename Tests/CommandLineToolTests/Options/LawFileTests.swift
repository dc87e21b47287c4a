// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct LawFileTests {
  let folder = TemporaryFolder()

  @Test("Rows come with the line and column of each field of the form")
  func positions() throws {
    let path = try folder.write("b,x,A\n1,,\"x\ny\"\n2,,z\n", to: "law.csv")
    var file = try LawFile(path, forms: [["c", "d"], ["a", "b"]])
    #expect(file.form == ["a", "b"])
    let first = try #require(try file.nextRow()).fields
    #expect(first.map(\.text) == ["x\ny", "1"])
    #expect(first.map(\.line) == [2, 2] && first.map(\.column) == [3, 1])
    let second = try #require(try file.nextRow())
    #expect(second.fields.map(\.text) == ["z", "2"] && second.fields[0].line == 4)
    #expect(second.copies == nil)
    #expect(try file.nextRow() == nil)
  }

  @Test("A line of any length is shown by its beginning")
  func longHeader() throws {
    let path = try folder.write(String(repeating: "x", count: 5000), to: "long.csv")
    let error = #expect(throws: (any Error).self) { try LawFile(path, forms: [["a", "b"]]) }
    let found = String(repeating: "x", count: 60) + "..."
    #expect(error.map { "\($0)".hasSuffix("found '\(found)'") } == true)
  }
}
