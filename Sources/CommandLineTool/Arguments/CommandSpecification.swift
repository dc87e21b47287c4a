// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A subcommand as its users see it; parsing, help and completion are all derived from this table.
struct CommandSpecification: Sendable {
  /// The word that selects the command.
  let name: String
  /// What the command does, in one sentence.
  let abstract: String
  /// What else there is to know, in paragraphs; may be empty.
  let discussion: String
  /// Positional arguments, flags and options, in the order of the help.
  let arguments: [ArgumentSpecification]
  /// Groups of which exactly one member must be given.
  let alternatives: [Alternatives]
  /// At least one command with what it prints.
  let examples: [WorkedExample]

  /// A table of what a command takes.
  init(
    name: String, abstract: String, discussion: String = "", arguments: [ArgumentSpecification],
    alternatives: [Alternatives] = [], examples: [WorkedExample]
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.alternatives = alternatives
    self.examples = examples
  }

  /// The arguments written without dashes; all of them are required.
  var positionals: [ArgumentSpecification] { arguments.filter { $0.form == .positional } }

  /// Flags and options.
  var options: [ArgumentSpecification] { arguments.filter { $0.form != .positional } }

  /// Flags and options with the two that every command has.
  var optionsWithBuiltIns: [ArgumentSpecification] { options + [Self.version, Self.help] }

  /// `--version`, which every command takes.
  static let version = ArgumentSpecification.flag("version", "Show the version.")

  /// `--help`, also `-h`, which every command takes.
  static let help = ArgumentSpecification.flag("help", "Show help information.")
}
