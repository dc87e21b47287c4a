// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct MakeTablesTests {
  @Test("The commands that make the tables are those of tables/README.md")
  func commands() throws {
    let tools = StubTools()
    tools.link("dirname")
    try tools.add("stub", #"echo "upsilon $*""#)
    let result = tools.run("scripts/make-tables", [tools.folder.file("stub")])
    #expect(result.end == .exit(0))
    #expect(result.diagnostics == result.output)
    let shown = try Repository.lines(of: "tables/README.md").compactMap { line -> String? in
      let parts = line.split(separator: "`")
      guard parts.count == 5, parts[3].hasPrefix("upsilon ") else { return nil }
      #expect(parts[3].hasSuffix(" --output tables/" + parts[1]))
      return String(parts[3])
    }
    #expect(result.output.split(separator: "\n").map(String.init) == shown)
    #expect(shown.count == 5)
  }

  @Test("The first command that fails ends the script")
  func failure() throws {
    let tools = StubTools()
    tools.link("dirname")
    try tools.add("stub", "echo once; exit 3")
    let result = tools.run("scripts/make-tables", [tools.folder.file("stub")])
    #expect(result.end == .exit(3))
    #expect(result.output == "once\n")
  }

  @Test("Without an executable there is nothing to do")
  func usage() {
    let result = StubTools().run("scripts/make-tables")
    #expect(result.end == .exit(64))
    #expect(result.diagnostics == "Usage: make-tables <executable>\n")
  }
}
