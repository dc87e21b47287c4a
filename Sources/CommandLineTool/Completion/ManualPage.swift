// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The manual page, `man upsilon`, in the macros of man(7): made of the same table as help texts.
struct ManualPage {
  let commands: [CommandSpecification]

  /// The whole page.
  var text: String {
    var lines = [
      #".\" printed by '\#(HelpText.tool) completion man'"#,
      ".TH \(HelpText.tool.uppercased()) 1 \"\" \"\(HelpText.tool) \(UpsilonCommand.version)\" "
        + "\"User Commands\"",
      ".SH NAME",
      // A name has no full stop.
      "\(HelpText.tool) \\- " + Self.escaped(String(UpsilonCommand.abstract.dropLast())),
      ".SH SYNOPSIS", ".B \(HelpText.tool)", ".I subcommand", ".RI [ options ]",
      ".SH DESCRIPTION",
      "Each subcommand prints a table or writes a file. Results go to standard output, notes and "
        + "errors to standard error.",
      ".SH SUBCOMMANDS",
    ]
    for command in commands { lines += section(command) }
    lines += [
      ".SH EXIT STATUS",
      "0 for success, 64 for a usage error, 1 for any other error.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ command: CommandSpecification) -> [String] {
    var lines = [".SS \(HelpText.tool) \(command.name)", Self.escaped(command.abstract)]
    for paragraph in command.discussion.split(separator: "\n\n") {
      lines += [".PP", Self.escaped(String(paragraph))]
    }
    for argument in command.positionals + command.optionsWithBuiltIns {
      let suffix = argument.defaultValue.map { " (default: \($0))" } ?? ""
      lines += [".TP", Self.tag(argument), Self.escaped(argument.abstract + suffix)]
    }
    for example in command.examples {
      lines += [
        ".PP", Self.escaped(example.question), ".PP", ".RS", ".nf",
        Self.escaped("\(HelpText.tool) \(example.arguments)"), ".fi", ".RE",
      ]
    }
    return lines
  }

  /// The name in bold, the value in italics.
  private static func tag(_ argument: ArgumentSpecification) -> String {
    switch argument.form {
    case .positional: #"\fI\#(escaped(argument.name))\fR"#
    case .flag: #"\fB\#(escaped(argument.dashedName))\fR"#
    case .option(let value): #"\fB\#(escaped(argument.dashedName))\fR \fI\#(escaped(value))\fR"#
    }
  }

  /// Text in which nothing is a request or an escape; hyphens stay those of the keyboard.
  static func escaped(_ text: String) -> String {
    let escaped = text.replacing("\\", with: #"\e"#).replacing("-", with: #"\-"#)
    return escaped.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix(".") || line.hasPrefix("'") ? #"\&"# + line : String(line)
    }.joined(separator: "\n")
  }
}
