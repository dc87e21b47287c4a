// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
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

  @Test("Every command prints what the README says on a terminal", arguments: try examples())
  func commands(example: Example) {
    #expect(
      Subprocess.upsilon(example.arguments, isTerminal: true)
        == .init(end: .exit(0), output: example.output, diagnostics: ""))
  }

  @Test(
    "The numbers of the first screen are those of the program",
    arguments: [
      ("waiting --dataset cifar-10 --columns quantile_0.9", "44", "44 items of CIFAR-10"),
      ("waiting --dataset imagenet-1k --columns quantile_0.9", "9529", "9,529 of ImageNet-1K"),
      (
        "collision --dataset imagenet-1k --negatives 4095 --digits 2 --columns expected_collisions",
        "4.1", "On ImageNet-1K 4.1 of 4,095"
      ),
      (
        "collision --dataset imagenet-1k --negatives 4095 --digits 3 "
          + "--columns collision_probability", "0.983", "98.3 % of anchors"
      ),
    ])
  func firstScreen(line: String, value: String, text: String) throws {
    #expect(upsilon("\(line) --format csv").lines.last == value)
    #expect(try Repository.lines(of: "README.md").prefix(20).contains { $0.contains(text) })
  }

  @Test("There are examples")
  func examplesExist() throws { #expect(try Self.examples().count >= 3) }

  /// Draws, published v, exact v and relative error as the program prints them.
  private static func publishedRows(digits: Int) throws -> [[String]] {
    var rows: [[String]] = []
    try PublishedReport(digits: digits).report.forEachRows {
      for row in $0 where row[0] == .text("cifar-100") && row[7] == .text("notebook") {
        rows.append([2, 3, 4, 6].map { row[$0].description })
      }
    }
    return rows
  }

  @Test("The table of published values is that of the program, its errors to fewer digits")
  func published() throws {
    let lines = try Repository.lines(of: "README.md")
    let first = try #require(
      lines.firstIndex(of: "| draws (K+1) | published v | exact v | relative error |"))
    let shown = lines[(first + 2)...].prefix { $0.hasPrefix("|") }.map {
      $0.dropFirst(2).dropLast(2).split(separator: " | ").map(String.init)
    }
    let exact = try Self.publishedRows(digits: 8)
    #expect(shown.map { $0.dropLast() } == exact.map { $0.dropLast() })
    let rounded = try [2, 3].map(Self.publishedRows)
    for (index, error) in shown.compactMap(\.last).enumerated() {
      let digits = error.prefix { $0 != "e" }.drop { "0.".contains($0) }.count { $0 != "." }
      try #require(rounded.indices.contains(digits - 2))
      #expect(try Rational(parsing: error) == Rational(parsing: rounded[digits - 2][index][3]))
    }
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
