// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct TabularCommandTests {
  /// A table of numbers that fails after the last one.
  private struct Numbers: TabularCommand {
    struct Halt: Error {}

    static let specification = CommandSpecification(
      name: "test", abstract: "A test.", arguments: OutputOptions.specifications, examples: [])

    let outputOptions: OutputOptions
    var count = 2
    var isHalted = false

    init(_ arguments: ParsedArguments) throws(UsageError) {
      outputOptions = try OutputOptions(arguments)
    }

    func validate() throws -> TableReport {
      TableReport(columns: ["n"], notes: ["a remark"]) { emit in
        for n in 0..<count { try emit([.integer(n)]) }
        if isHalted { throw Halt() }
      }
    }
  }

  private func command(_ line: String) throws -> Numbers {
    let words = line.split(separator: " ").map(String.init)
    return try Numbers(parse(words, by: Numbers.specification))
  }

  @Test("The table goes to the output and remarks to the diagnostics")
  func streams() throws {
    let (output, diagnostics) = (MemoryOutput(), MemoryOutput())
    try command("--format csv").run(output: output, diagnostics: diagnostics)
    #expect(output.text == "n\n0\n1\n")
    #expect(diagnostics.text == "Note: a remark\n")
  }

  @Test("A table without rows has its header")
  func empty() throws {
    let output = MemoryOutput()
    var command = try command("--format csv")
    command.count = 0
    try command.run(output: output, diagnostics: MemoryOutput())
    #expect(output.text == "n\n")
  }

  @Test("What fails before the first row has printed nothing")
  func earlyFailure() throws {
    let output = MemoryOutput()
    var command = try command("--format csv")
    (command.count, command.isHalted) = (0, true)
    #expect(throws: Numbers.Halt.self) {
      try command.run(output: output, diagnostics: MemoryOutput())
    }
    #expect(output.text == "")
  }

  @Test("What fails later has printed its rows, but no file")
  func lateFailure() throws {
    let folder = TemporaryFolder()
    let output = MemoryOutput()
    for line in ["--format csv", "--output \(folder.file("out.csv"))"] {
      var command = try command(line)
      command.isHalted = true
      #expect(throws: Numbers.Halt.self) {
        try command.run(output: output, diagnostics: MemoryOutput())
      }
    }
    #expect(output.text == "n\n0\n1\n")
    #expect(folder.names == [])
  }

  @Test("A table in a file is not printed as well")
  func file() throws {
    let folder = TemporaryFolder()
    let output = MemoryOutput()
    try command("--output \(folder.file("out.json"))").run(
      output: output, diagnostics: MemoryOutput())
    #expect(output.text == "")
    #expect(try folder.text(of: "out.json") == "[\n{\"n\":0},\n{\"n\":1}\n]\n")
  }
}
