// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import CommandLineTool

/// What a command printed and the code it ended with.
struct Outcome: Equatable {
  var status: Int32
  var output: String
  var diagnostics: String

  /// The lines of the output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// The first line of the diagnostics without its label.
  var error: String {
    let line = diagnostics.split(separator: "\n").first.map(String.init) ?? ""
    return line.hasPrefix("Error: ") ? String(line.dropFirst(7)) : line
  }
}

/// Runs the tool in this process on a command line split at spaces.
func upsilon(_ line: String, columns: Int = 80, isTerminal: Bool = false) -> Outcome {
  upsilon(
    words: line.split(separator: " ").map(String.init), columns: columns, isTerminal: isTerminal)
}

/// Runs the tool in this process.
func upsilon(words: [String], columns: Int = 80, isTerminal: Bool = false) -> Outcome {
  let (output, diagnostics) = (MemoryOutput(isTerminal: isTerminal), MemoryOutput())
  let status = UpsilonCommand.run(
    words, output: output, diagnostics: diagnostics, columns: columns)
  return Outcome(status: status, output: output.text, diagnostics: diagnostics.text)
}

/// Parses words by a specification, which must ask for a run.
func parse(
  _ words: [String], by specification: CommandSpecification
) throws(UsageError) -> ParsedArguments {
  let outcome = try ArgumentScanner(specification: specification).parse(words)
  guard case .run(let arguments) = outcome else { throw UsageError("not a run") }
  return arguments
}

/// A command that takes the given arguments.
func specification(
  _ arguments: [ArgumentSpecification], alternatives: [Alternatives] = []
) -> CommandSpecification {
  CommandSpecification(
    name: "test", abstract: "A test.", arguments: arguments, alternatives: alternatives,
    examples: [])
}

extension String {
  /// The text without `prefix`, if it begins with that.
  func withoutPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
