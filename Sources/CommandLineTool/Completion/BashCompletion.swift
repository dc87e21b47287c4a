// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The completion script for bash 3.2 and later; it needs no package of completions.
struct BashCompletion {
  let commands: [CommandSpecification]

  /// The whole script.
  var script: String {
    """
    # bash completion for \(HelpText.tool), printed by '\(HelpText.tool) completion bash'

    # Of a list joined by commas the last part is completed, and the others stay before it.
    _\(HelpText.tool)_head() {
      head=""
      if [[ "$1" == *,* ]]; then
        head="${1%,*},"
      fi
    }

    _\(HelpText.tool)_words() {
      local head
      _\(HelpText.tool)_head "$2"
      COMPREPLY=($(compgen -P "$head" -W "$1" -- "${2##*,}"))
    }

    _\(HelpText.tool)_files() {
      local IFS=$'\\n' head
      _\(HelpText.tool)_head "$1"
      COMPREPLY=($(compgen -P "$head" -f -- "${1##*,}"))
      compopt -o filenames 2>/dev/null
    }

    _\(HelpText.tool)() {
      local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
      local subcommand="" options="" takes_files="" i
      COMPREPLY=()
      # Bash splits --option=value into three words.
      if [[ "$current" == "=" ]]; then
        current=""
      elif [[ "$previous" == "=" ]]; then
        previous="${COMP_WORDS[COMP_CWORD-2]}"
      fi
      for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ "${COMP_WORDS[i]}" != -* ]]; then
          subcommand="${COMP_WORDS[i]}"
          break
        fi
      done
      case "$subcommand" in
        "")
          options="\(names) help --version --help"
          ;;
        help)
          options="\(names)"
          ;;
    \(commands.map(branch).joined())\
      esac
      if [[ -n "$takes_files" && "$current" != -* ]]; then
        _\(HelpText.tool)_files "$current"
      else
        _\(HelpText.tool)_words "$options" "$current"
      fi
    }

    complete -F _\(HelpText.tool) \(HelpText.tool)

    """
  }

  private var names: String { commands.map(\.name).joined(separator: " ") }

  /// The case of one command: its options, and what follows those that take a value.
  private func branch(_ command: CommandSpecification) -> String {
    var words = command.optionsWithBuiltIns.map(\.dashedName)
    for positional in command.positionals { words += positional.values.choices ?? [] }
    var lines = ["\(command.name))", "  options=\"\(words.joined(separator: " "))\""]
    if command.positionals.contains(where: { $0.values == .file }) {
      lines.append("  takes_files=1")
    }
    let cases = command.options.compactMap(valueCase)
    if !cases.isEmpty {
      lines += ["  case \"$previous\" in"] + cases.map { "    " + $0 } + ["  esac"]
    }
    lines.append("  ;;")
    return lines.map { "    " + $0 + "\n" }.joined()
  }

  private func valueCase(_ option: ArgumentSpecification) -> String? {
    guard option.form != .flag else { return nil }
    let action =
      switch option.values {
      case .any: ""
      case .file: "_\(HelpText.tool)_files \"$current\"; "
      case .words(let words, _):
        "_\(HelpText.tool)_words \"\(words.joined(separator: " "))\" \"$current\"; "
      }
    return "\(option.dashedName)) \(action)return ;;"
  }
}
