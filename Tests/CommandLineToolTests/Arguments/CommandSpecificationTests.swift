// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct CommandSpecificationTests {
  static let all = UpsilonCommand.commands.map { $0.specification }

  @Test("Subcommands are single lower-case words, all different")
  func names() {
    let names = Self.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.utf8.allSatisfy { (97...122).contains($0) }) }
    #expect(
      names == [
        "coverage", "collision", "distinct", "duplicates", "waiting", "table", "bounds", "train",
        "measure", "merge", "verify", "plot", "reproduce", "datasets", "completion",
      ])
  }

  @Test("Every argument of a command has a name of its own and a sentence of help")
  func arguments() {
    for command in Self.all {
      let names = command.arguments.map(\.name) + ["help", "version"]
      #expect(Set(names).count == names.count, "\(command.name)")
      for argument in command.arguments {
        #expect(
          argument.abstract.hasSuffix(".") || argument.abstract.hasSuffix(")"), "\(argument.name)")
        #expect(argument.name.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 })
      }
    }
  }

  @Test("Alternatives are among the arguments of their command")
  func alternatives() {
    for command in Self.all {
      let names = Set(command.arguments.map(\.name))
      for group in command.alternatives {
        #expect(names.isSuperset(of: group.members.map(\.name)))
        if let unless = group.unless { #expect(names.contains(unless.name)) }
      }
    }
  }

  @Test("Every command has a worked example")
  func examples() {
    for command in Self.all {
      #expect(!command.examples.isEmpty)
      for example in command.examples { #expect(example.arguments.hasPrefix(command.name)) }
    }
  }

  /// Measured numbers have the digits that they have, as those of a table that is verified, and
  /// `train` always writes a CSV file.
  @Test("Every subcommand that prints an exact table takes the three output options")
  func outputOptions() {
    let others = ["completion", "measure", "merge", "plot", "reproduce", "train", "verify"]
    for command in Self.all where !others.contains(command.name) {
      let names = Set(command.options.map(\.name))
      #expect(names.isSuperset(of: ["format", "output", "digits"]), "\(command.name)")
    }
  }
}
