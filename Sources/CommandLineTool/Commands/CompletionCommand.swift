// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// `upsilon completion`: scripts that complete command lines in a shell, and the manual page.
struct CompletionCommand: Command {
  /// What there is a text for.
  enum Reader: String, CaseIterable, Sendable {
    case bash, zsh, man
  }

  static let reader = ArgumentSpecification.positional(
    "reader", values: .choices(Reader.allCases.map(\.rawValue)),
    "The shell, bash or zsh, or man for the manual page.")

  static let specification = CommandSpecification(
    name: "completion",
    abstract: "Print a completion script for bash or zsh, or the manual page.",
    discussion: """
      Prints a script that completes subcommands, options, their values and file names, or the manual \
      page of all subcommands. 'make install' installs all three.
      """,
    arguments: [reader],
    examples: [
      WorkedExample(
        "Complete in every new bash:",
        arguments: "completion bash > ~/.local/share/bash-completion/completions/upsilon"),
      WorkedExample(
        "Complete in every new zsh, from a folder in $fpath:",
        arguments: "completion zsh > ~/.zfunc/_upsilon"),
      WorkedExample(
        "Make 'man upsilon' work:",
        arguments: "completion man > ~/.local/share/man/man1/upsilon.1"),
    ])

  private let reader: Reader

  init(_ arguments: ParsedArguments) throws(UsageError) {
    guard let reader: Reader = try arguments.choice(Self.reader) else {
      throw .missing(oneOf: [Self.reader])
    }
    self.reader = reader
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    let commands = UpsilonCommand.commands.map { $0.specification }
    switch reader {
    case .bash: try output.write(BashCompletion(commands: commands).script)
    case .zsh: try output.write(ZshCompletion(commands: commands).script)
    case .man: try output.write(ManualPage(commands: commands).text)
    }
  }
}
