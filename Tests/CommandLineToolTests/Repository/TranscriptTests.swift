// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// The documents whose commands build on one another are run from beginning to end.
@Suite struct TranscriptTests {
  /// A command line, and what the document says that it prints.
  private struct Step {
    let command: String
    var output = ""
  }

  private static func steps(of document: String) throws -> [Step] {
    try Repository.blocks("console", of: document).flatMap { lines in
      var steps: [Step] = []
      for line in lines {
        if line.hasPrefix("$ ") {
          steps.append(Step(command: String(line.dropFirst(2))))
        } else {
          try #require(!steps.isEmpty, "\(document) begins a block with a command")
          steps[steps.count - 1].output += line + "\n"
        }
      }
      return steps
    }
  }

  @Test(arguments: ["docs/tutorial.md", "docs/measurements.md", "docs/recipes.md"])
  func `every command prints what its document says`(document: String) throws {
    let folder = TemporaryFolder()
    let steps = try Self.steps(of: document)
    #expect(steps.count >= 2)
    for step in steps {
      // Continuous integration has gnuplot; elsewhere nothing is drawn.
      if step.command.hasPrefix("upsilon plot") && Gnuplot().program == nil { continue }
      let command = step.command.replacing(
        "docs/example/", with: Repository.root + "/docs/example/")
      // What goes to standard error stands below what goes to standard output.
      let result = Subprocess.shell(
        "sh", "upsilon() { command \"$upsilon\" \"$@\"; }; cd \(folder.path) && \(command)")
      #expect(result.end == .exit(0), "\(step.command)")
      #expect(result.output + result.diagnostics == step.output, "\(step.command)")
    }
  }
}
