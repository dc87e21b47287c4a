// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@testable import CommandLineTool

@Suite struct ReadmeTests {
  /// A command and what the README says that it prints.
  struct Example: Sendable {
    var arguments: String
    var output = ""
  }

  static func examples() throws -> [Example] {
    try Repository.blocks("console", of: "README.md").flatMap { lines in
      var examples: [Example] = []
      for line in lines {
        if line.hasPrefix("$ upsilon ") {
          examples.append(Example(arguments: String(line.dropFirst(10))))
        } else {
          examples[examples.count - 1].output += line + "\n"
        }
      }
      return examples
    }
  }

  @Test("Every command prints what the README says", arguments: try examples())
  func commands(example: Example) {
    #expect(
      Subprocess.upsilon(example.arguments)
        == .init(end: .exit(0), output: example.output, diagnostics: ""))
  }

  @Test("There are examples")
  func examplesExist() throws { #expect(try Self.examples().count >= 3) }

  @Test("The table of published values is that of the program")
  func published() throws {
    var rows: [String] = []
    try PublishedReport(digits: 8).report.forEachRow { row in
      guard row[0] == .text("cifar-100"), row[7] == .text("notebook") else { return }
      rows.append("| " + [2, 3, 4, 6].map { row[$0].description }.joined(separator: " | ") + " |")
    }
    let lines = try Repository.lines(of: "README.md")
    let first = try #require(
      lines.firstIndex(of: "| draws (K+1) | published v | exact v | relative error |"))
    #expect(Array(lines[(first + 2)...].prefix { $0.hasPrefix("|") }) == rows)
  }

  @Test("The subcommands are those of the program")
  func subcommands() throws {
    let lines = try Repository.lines(of: "README.md")
    let first = try #require(lines.firstIndex(of: "| subcommand | answers |"))
    let names = lines[(first + 2)...].prefix { $0.hasPrefix("|") }.map {
      $0.split(separator: "`")[1]
    }
    #expect(names.map(String.init) == UpsilonCommand.commands.map { $0.specification.name })
  }
}
