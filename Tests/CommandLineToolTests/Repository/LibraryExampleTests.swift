// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

/// The README's example of library use is a file of the dependant package, which is built and run
/// on its own: what it must print begins with what the README says.
@Suite struct LibraryExampleTests {
  private static let package = "Tests/DependantPackage/"

  @Test("The README's library example prints what the README says")
  func output() throws {
    let printed = try Repository.lines(of: Self.package + "expected-output.txt")
    let shown = try #require(try Repository.blocks("text", of: "README.md").last)
    #expect(!shown.isEmpty && printed.starts(with: shown))
  }

  @Test("The README's library example is the code of the dependant package")
  func source() throws {
    let block = try #require(try Repository.blocks("swift", of: "README.md").first)
    let code = try Repository.lines(of: Self.package + "Sources/Dependant/ReadmeExample.swift")
    let imports = block.filter { $0.hasPrefix("import ") }
    #expect(Set(code).isSuperset(of: imports))
    let body = block.drop { $0.hasPrefix("import ") || $0.isEmpty }
      .map { $0.isEmpty ? $0 : "  " + $0 }
    #expect(!body.isEmpty && code.indices.contains { code[$0...].starts(with: body) })
  }
}
