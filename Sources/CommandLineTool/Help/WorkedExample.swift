// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A command with what it is asked and what it prints, for the help of a subcommand.
///
/// The tests run every example and compare.
struct WorkedExample: Sendable {
  /// The question that the command answers, in one sentence.
  let question: String
  /// The arguments after the tool's name, separated by single spaces.
  let arguments: String
  /// What the command prints to standard output; nil for output too long to show.
  let output: String?

  /// An example; `output` has no final line feed.
  init(_ question: String, arguments: String, output: String? = nil) {
    self.question = question
    self.arguments = arguments
    self.output = output
  }
}
