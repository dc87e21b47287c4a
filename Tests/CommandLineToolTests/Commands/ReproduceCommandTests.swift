// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct ReproduceCommandTests {
  @Test("An empty name is no folder")
  func emptyName() {
    let outcome = upsilon(words: ["reproduce", "--output", ""])
    #expect(outcome.status == 64)
    #expect(outcome.error == "The value '' is invalid for '--output <folder>': must name a folder")
  }

  @Test("Other data and their folder go together")
  func dataRoot() {
    #expect(upsilon("reproduce --all").error == "'--all' needs '--data-root <folder>'")
    #expect(upsilon("reproduce --data-root /data").status == 64)
    let outcome = upsilon("reproduce --all --data-root /none/data --output /none/tables")
    #expect(outcome.error == "cannot read '/none/data': no folder with data sets in it")
  }

  @Test("A folder that cannot be made is one line")
  func unwritable() {
    let outcome = upsilon("reproduce --output /none/tables")
    #expect(
      outcome
        == Outcome(
          status: 1, output: "",
          diagnostics: "Error: cannot make '/none/tables': No such file or directory\n"))
  }

  @Test("The first command that fails ends it, after its own message")
  func failure() throws {
    let temporary = TemporaryFolder()
    let path = temporary.file("tables")
    try Folder.make(path)
    try Folder.make(path + "/" + (Recipe.all.first?.file ?? ""))
    let outcome = upsilon("reproduce --output \(path)")
    #expect(outcome.status == 1)
    #expect(outcome.diagnostics.hasPrefix("[1/\(Recipe.all.count)] upsilon waiting "))
    #expect(outcome.diagnostics.hasSuffix("/waiting.csv': Is a directory\n"))
    // The command that was run, a note of its own, and the error.
    #expect(outcome.diagnostics.split(separator: "\n").count == 3)
    Folder.remove(path + "/waiting.csv")
    #expect(Folder.names(in: path).isEmpty)
  }
}
