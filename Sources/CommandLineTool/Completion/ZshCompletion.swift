// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The completion script for zsh: a file `_upsilon` in $fpath, or text to be sourced.
struct ZshCompletion {
  let commands: [CommandSpecification]

  /// The whole script.
  var script: String {
    """
    #compdef \(HelpText.tool)
    # zsh completion for \(HelpText.tool), printed by '\(HelpText.tool) completion zsh'

    _\(HelpText.tool)() {
      local curcontext="$curcontext" state line
      typeset -A opt_args
      local -a subcommands
      subcommands=(
    \(commands.map { "    \(describe($0))\n" }.joined())\
        'help:Show the help of a subcommand.'
      )
      _arguments -C \\
        '(- *)--version[Show the version.]' \\
        '(- *)'{-h,--help}'[Show help information.]' \\
        '1:subcommand:->subcommand' \\
        '*::argument:->argument'
      case "$state" in
        subcommand)
          _describe -t commands subcommand subcommands
          ;;
        argument)
          case "${words[1]}" in
            help)
              _describe -t commands subcommand subcommands
              ;;
    \(commands.map(branch).joined())\
          esac
          ;;
      esac
    }

    if [[ "${funcstack[1]}" == _\(HelpText.tool) ]]; then
      _\(HelpText.tool) "$@"
    else
      compdef _\(HelpText.tool) \(HelpText.tool)
    fi

    """
  }

  private func describe(_ command: CommandSpecification) -> String {
    Self.quoted(command.name + ":" + Self.escaped(command.abstract, ":\\"))
  }

  private func branch(_ command: CommandSpecification) -> String {
    var specifications = command.options.map { option in
      Self.quoted(exclusions(of: option, in: command) + Self.specification(option))
    }
    specifications.append("'(- *)--version[Show the version.]'")
    specifications.append("'(- *)'{-h,--help}'[Show help information.]'")
    specifications += command.positionals.map { positional in
      Self.quoted(":\(positional.name):" + Self.action(positional))
    }
    let list = specifications.map { " \\\n            " + $0 }.joined()
    return "        \(command.name))\n          _arguments\(list)\n          ;;\n"
  }

  /// The options that an option excludes, in zsh's notation.
  private func exclusions(
    of option: ArgumentSpecification, in command: CommandSpecification
  ) -> String {
    let group = command.alternatives.first { $0.members.contains { $0.name == option.name } }
    let names = (group?.members ?? [option]).map(\.dashedName)
    return "(" + names.joined(separator: " ") + ")"
  }

  private static func specification(_ option: ArgumentSpecification) -> String {
    let text = "[" + escaped(option.abstract, "[]\\") + "]"
    guard case .option(let valueName) = option.form else { return option.dashedName + text }
    return option.dashedName + "=" + text + ":\(valueName):" + action(option)
  }

  private static func action(_ argument: ArgumentSpecification) -> String {
    // A list is joined by commas, and each of its parts is completed.
    argument.isList && argument.values != .any
      ? "_sequence " + action(argument.values) : action(argument.values)
  }

  private static func action(_ values: ArgumentSpecification.Values) -> String {
    switch values {
    case .any: " "
    case .file: "_files"
    case .words(let words, _): "(" + words.joined(separator: " ") + ")"
    }
  }

  private static func escaped(_ text: String, _ special: String) -> String {
    String(text.flatMap { special.contains($0) ? ["\\", $0] : [$0] })
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
