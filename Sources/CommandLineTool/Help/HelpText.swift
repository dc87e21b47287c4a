// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The help and usage texts of the tool, laid out as Swift's argument-parser lays them out.
struct HelpText {
  /// The name of the tool.
  static let tool = "upsilon"
  private static let indent = 2
  private static let textColumn = 26

  /// The number of characters in a line.
  let width: Int

  /// A section's entry: what is written and what it means.
  private typealias Entry = (label: String, text: String)

  // MARK: - Whole texts

  /// The help of the tool as a whole.
  func tool(abstract: String, commands: [CommandSpecification]) -> String {
    let sections = [
      overview(abstract, discussion: ""),
      "USAGE: \(Self.tool) <subcommand>\n",
      section("OPTIONS", Self.builtInEntries),
      section("SUBCOMMANDS", commands.map { ($0.name, $0.abstract) })
        + "\n  See '\(Self.tool) help <subcommand>' for detailed help.\n",
    ]
    return sections.joined(separator: "\n")
  }

  /// The help of one command.
  func command(_ command: CommandSpecification) -> String {
    var sections = [
      overview(command.abstract, discussion: command.discussion),
      usage(command, label: "USAGE: "),
    ]
    if !command.positionals.isEmpty {
      sections.append(section("ARGUMENTS", command.positionals.map(Self.entry)))
    }
    sections.append(section("OPTIONS", command.options.map(Self.entry) + Self.builtInEntries))
    sections.append(examples(command.examples))
    return sections.joined(separator: "\n")
  }

  /// What follows the message of a usage error: usage and where to read more.
  func advice(for command: CommandSpecification?) -> String {
    let name = command.map { "\(Self.tool) \($0.name)" } ?? Self.tool
    let usage = command.map { self.usage($0, label: "Usage: ") } ?? "Usage: \(name) <subcommand>\n"
    return usage + "  See '\(name) --help' for more information.\n"
  }

  // MARK: - Parts

  private func overview(_ abstract: String, discussion: String) -> String {
    let text = "OVERVIEW: " + abstract + (discussion.isEmpty ? "" : "\n\n" + discussion)
    return TextWrapping.lines(text, width: width).joined(separator: "\n") + "\n"
  }

  /// The usage line; a command of many options shows only what is required.
  func usage(_ command: CommandSpecification, label: String) -> String {
    var pieces = ["\(Self.tool) \(command.name)"]
    let required = command.alternatives.flatMap(\.synopsis)
    let alternatives = command.alternatives.flatMap(\.members).map(\.name)
    let optional = command.options.filter { !alternatives.contains($0.name) }
    if command.options.count > 12 {
      pieces += ["[<options>]"] + required
    } else {
      pieces += required + optional.map { "[\($0.synopsis)]" }
    }
    pieces += command.positionals.map(\.synopsis)
    let margin = String(repeating: " ", count: label.count)
    let lines = TextWrapping.lines(of: pieces, width: width - label.count)
    return label + lines.joined(separator: "\n" + margin) + "\n"
  }

  private static let builtInEntries: [Entry] = [
    (CommandSpecification.version.synopsis, CommandSpecification.version.abstract),
    ("-h, " + CommandSpecification.help.synopsis, CommandSpecification.help.abstract),
  ]

  private static func entry(_ argument: ArgumentSpecification) -> Entry {
    let suffix = argument.defaultValue.map { " (default: \($0))" } ?? ""
    return (argument.synopsis, argument.abstract + suffix)
  }

  private func section(_ title: String, _ entries: [Entry]) -> String {
    title + ":\n" + entries.map(rendered).joined()
  }

  /// The label, and its text beside it if the label leaves room, else below.
  private func rendered(_ entry: Entry) -> String {
    let label = String(repeating: " ", count: Self.indent) + entry.label
    let margin = String(repeating: " ", count: Self.textColumn)
    var lines = TextWrapping.lines(entry.text, width: width - Self.textColumn).map { margin + $0 }
    if label.count < Self.textColumn, let first = lines.first {
      lines[0] = label + first.dropFirst(label.count)
    } else {
      lines.insert(label, at: 0)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func examples(_ examples: [WorkedExample]) -> String {
    let blocks = examples.map { example in
      let question = TextWrapping.lines(example.question, width: width - 2).map { "  " + $0 }
      let command = "    $ \(Self.tool) \(example.arguments)"
      let output = example.output.map { $0.split(separator: "\n").map { "    " + $0 } } ?? []
      return (question + ["", command] + output).joined(separator: "\n") + "\n"
    }
    return "EXAMPLES:\n" + blocks.joined(separator: "\n")
  }
}
