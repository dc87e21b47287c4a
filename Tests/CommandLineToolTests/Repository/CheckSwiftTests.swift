// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CheckSwiftTests {
  private static let advice = "; Upsilon needs Swift 6.2 or later: https://www.swift.org/install\n"

  private func check(_ version: String?) throws -> Subprocess.Result {
    let tools = StubTools()
    tools.link("sed", "head")
    if let version { try tools.add("swift", "echo '\(version)'") }
    return tools.run("scripts/check-swift")
  }

  @Test("Swift 6.2 and later pass in silence", arguments: ["6.2", "6.2.1", "6.3", "6.10", "7.0"])
  func passes(version: String) throws {
    #expect(
      try check("Apple Swift version \(version) (swift-\(version)-RELEASE)")
        == .init(end: .exit(0), output: "", diagnostics: ""))
  }

  @Test("Earlier versions do not", arguments: ["5.10", "6.0", "6.1.2"])
  func tooOld(version: String) throws {
    let result = try check("Swift version \(version) (swift-\(version)-RELEASE)")
    #expect(result.end == .exit(1))
    #expect(result.diagnostics.hasPrefix("Error: this is Swift \(version.prefix(3))"))
    #expect(result.diagnostics.hasSuffix(Self.advice))
  }

  @Test("Nor does another program of this name, or none")
  func other() throws {
    let other = try check("swift 2.31.0 OpenStack")
    #expect(other.end == .exit(1))
    #expect(other.diagnostics == "Error: 'swift' is not the Swift compiler" + Self.advice)
    let none = try check(nil)
    #expect(none.end == .exit(1))
    #expect(none.diagnostics == "Error: 'swift' was not found" + Self.advice)
  }
}
