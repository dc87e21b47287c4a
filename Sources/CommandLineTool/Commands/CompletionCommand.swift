// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// `upsilon completion`: scripts that complete command lines in a shell.
struct CompletionCommand: Command {
  /// The shells for which there is a script.
  enum Shell: String, CaseIterable, Sendable {
    case bash, zsh
  }

  static let shell = ArgumentSpecification.positional(
    "shell", values: .choices(Shell.allCases.map(\.rawValue)), "The shell: bash or zsh.")

  static let specification = CommandSpecification(
    name: "completion",
    abstract: "A script that completes command lines in bash or zsh.",
    discussion: """
      Prints a script that completes subcommands, options, their values and file names.
      """,
    arguments: [shell],
    examples: [
      WorkedExample(
        "Complete in every bash to come:",
        arguments: "completion bash > ~/.local/share/bash-completion/completions/upsilon"),
      WorkedExample(
        "Complete in every zsh to come, from a folder in $fpath:",
        arguments: "completion zsh > ~/.zfunc/_upsilon"),
    ])

  private let shell: Shell

  init(_ arguments: ParsedArguments) throws(UsageError) {
    guard let shell: Shell = try arguments.choice(Self.shell) else {
      throw .missing(oneOf: [Self.shell])
    }
    self.shell = shell
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    let commands = UpsilonCommand.commands.map { $0.specification }
    switch shell {
    case .bash: try output.write(BashCompletion(commands: commands).script)
    case .zsh: try output.write(ZshCompletion(commands: commands).script)
    }
  }
}
