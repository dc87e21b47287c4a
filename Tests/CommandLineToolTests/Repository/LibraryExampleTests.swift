// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Testing

/// Runs the README's example of library use, and checks that what runs is what the README shows.
@Suite struct LibraryExampleTests {
  @Test("The README's library example prints what the README says")
  func example() throws {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }

    let law = LabelLaw(try .balanced(classCount: 100, itemsPerClass: 500))
    for drawCount in [128, 512] {
      let coverage = try CoverageProbability(
        law: law, sampling: .withoutReplacement, drawCount: drawCount)
      print(drawCount, try coverage.value.decimal(significantDigits: 20))
    }

    #expect(try Repository.blocks("text", of: "README.md") == [printed])
  }

  @Test("The README's library example is the code of this file")
  func source() throws {
    let block = try #require(try Repository.blocks("swift", of: "README.md").first)
    let code = try Repository.lines(
      of: "Tests/CommandLineToolTests/Repository/LibraryExampleTests.swift")
    let imports = block.filter { $0.hasPrefix("import ") }
    #expect(Set(code).isSuperset(of: imports))
    let body = block.drop { $0.hasPrefix("import ") || $0.isEmpty }.map { "    " + $0 }
    #expect(code.indices.contains { code[$0...].starts(with: body) })
  }
}
