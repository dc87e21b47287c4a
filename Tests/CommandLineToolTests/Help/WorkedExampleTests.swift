// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct WorkedExampleTests {
  static let all = UpsilonCommand.commands.flatMap { $0.specification.examples }

  @Test(
    "An example of the help prints what the help says",
    arguments: all.filter { $0.output != nil })
  func printed(example: WorkedExample) {
    let result = Subprocess.upsilon(example.arguments)
    #expect(result.end == .exit(0))
    #expect(result.output == example.output.map { $0 + "\n" })
    #expect(result.diagnostics == "")
  }

  /// Commands whose output is too long to show, or that write files.
  static let silent = [
    "bounds", "train", "measure", "merge", "plot", "reproduce", "datasets", "completion",
  ]

  @Test("The examples of all other commands show their output")
  func complete() {
    for command in UpsilonCommand.commands.map({ $0.specification })
    where !Self.silent.contains(command.name) {
      for example in command.examples { #expect(example.output != nil, "\(example.arguments)") }
    }
  }
}
