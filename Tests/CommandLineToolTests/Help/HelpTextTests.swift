// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct HelpTextTests {
  static let value = ArgumentSpecification.option("value", default: "1", "A value.")
  static let other = ArgumentSpecification.flag("other", "Another.")
  static let word = ArgumentSpecification.positional("word", values: .any, "A word.")
  static let long = ArgumentSpecification.option(
    "a-very-long-name", value: "number", "Text below its label, in lines of a given width.")

  let command = CommandSpecification(
    name: "test", abstract: "A test.", discussion: "More about it.",
    arguments: [value, other, long, word], alternatives: [Alternatives([value, other])],
    examples: [
      WorkedExample("What is it?", arguments: "test --value 2 x", output: "a,b\n1,2"),
      WorkedExample("And this?", arguments: "test --other x"),
    ])

  @Test("Help is laid out as argument-parser lays it out")
  func layout() {
    #expect(
      HelpText(width: 60).command(command) == """
        OVERVIEW: A test.

        More about it.

        USAGE: upsilon test (--value <value> | --other)
               [--a-very-long-name <number>] <word>

        ARGUMENTS:
          <word>                  A word.

        OPTIONS:
          --value <value>         A value. (default: 1)
          --other                 Another.
          --a-very-long-name <number>
                                  Text below its label, in lines of
                                  a given width.
          --version               Show the version.
          -h, --help              Show help information.

        EXAMPLES:
          What is it?

            $ upsilon test --value 2 x
            a,b
            1,2

          And this?

            $ upsilon test --other x

        """)
  }

  @Test("The tool's help lists the subcommands")
  func tool() {
    #expect(
      HelpText(width: 80).tool(abstract: "What it does.", commands: [command]) == """
        OVERVIEW: What it does.

        USAGE: upsilon <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          test                    A test.

          See 'upsilon help <subcommand>' for detailed help.

        """)
  }

  @Test("A usage error is followed by the usage and where to read more")
  func advice() {
    #expect(
      HelpText(width: 50).advice(for: command) == """
        Usage: upsilon test (--value <value> | --other)
               [--a-very-long-name <number>] <word>
          See 'upsilon test --help' for more information.

        """)
    #expect(
      HelpText(width: 80).advice(for: nil) == """
        Usage: upsilon <subcommand>
          See 'upsilon --help' for more information.

        """)
  }

  @Test(
    "No line of help but an example or a long label exceeds the width", arguments: [40, 80, 200])
  func width(columns: Int) {
    for command in UpsilonCommand.commands {
      let text = HelpText(width: columns).command(command.specification)
      let end = text.range(of: "EXAMPLES:").map(\.lowerBound) ?? text.endIndex
      for line in text[..<end].split(separator: "\n") where !line.hasPrefix("  -") {
        #expect(line.count <= columns || !line.drop { $0 == " " }.contains(" "), "\(line)")
      }
    }
  }
}

extension String {
  /// Where `text` first occurs.
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
  }
}
