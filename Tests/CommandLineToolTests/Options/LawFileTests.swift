// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct LawFileTests {
  let folder = TemporaryFolder()

  @Test("Rows come with the line and column of each field")
  func positions() throws {
    let path = try folder.write("a,b\n\"x\ny\",1\nz,2\n", to: "law.csv")
    var file = try LawFile(path, headers: ["c,d", "a,b"])
    #expect(file.header == "a,b")
    let first = try #require(try file.nextRow())
    #expect(first.first.text == "x\ny")
    #expect(
      (first.first.line, first.first.column, first.second.line, first.second.column) == (2, 1, 2, 2)
    )
    let second = try #require(try file.nextRow())
    #expect((second.second.text, second.second.line, second.second.column) == ("2", 4, 2))
    #expect(first.copies == nil)
    #expect(try file.nextRow() == nil)
  }

  @Test("A line of any length is shown by its beginning")
  func longHeader() throws {
    let path = try folder.write(String(repeating: "x", count: 5000), to: "long.csv")
    let error = #expect(throws: (any Error).self) { try LawFile(path, headers: ["a,b"]) }
    let found = String(repeating: "x", count: 60) + "..."
    #expect(error.map { "\($0)".hasSuffix("found '\(found)'") } == true)
  }
}
