// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What a command line asks for.
enum Invocation {
  /// The help of a command, or of the tool.
  case help((any Command.Type)?)
  case version
  case run(any Command.Type, ParsedArguments)

  /// Reads the words after the tool's name.
  init(_ words: [String]) throws(InvocationError) {
    guard let first = words.first else {
      self = .help(nil)
      return
    }
    switch first {
    case "-h", "--help":
      self = .help(nil)
    case "--version":
      self = .version
    case "help":
      try self.init(helpOn: words.dropFirst())
    case _ where first.hasPrefix("-"):
      let name = first.split(separator: "=", omittingEmptySubsequences: false)[0]
      let known = [CommandSpecification.version, CommandSpecification.help]
      throw InvocationError(error: .unknownOption(String(name), known: known), command: nil)
    default:
      let command = try Self.command(named: first)
      do {
        let scanner = ArgumentScanner(specification: command.specification)
        switch try scanner.parse(Array(words.dropFirst())) {
        case .help: self = .help(command)
        case .version: self = .version
        case .run(let arguments): self = .run(command, arguments)
        }
      } catch {
        throw InvocationError(error: error, command: command.specification)
      }
    }
  }

  /// `upsilon help`, with the words after it.
  private init(helpOn words: ArraySlice<String>) throws(InvocationError) {
    let names = words.filter { !$0.hasPrefix("-") && $0 != "help" }
    if words.contains("--version") {
      self = .version
    } else if let name = names.first {
      self = .help(try Self.command(named: name))
    } else {
      self = .help(nil)
    }
  }

  private static func command(named name: String) throws(InvocationError) -> any Command.Type {
    if let command = UpsilonCommand.commands.first(where: { $0.specification.name == name }) {
      return command
    }
    let known = UpsilonCommand.commands.map { $0.specification.name } + ["help"]
    throw InvocationError(error: .unknownSubcommand(name, known: known), command: nil)
  }
}

/// A usage error with the command whose usage it is, nil for the tool's.
struct InvocationError: Error {
  let error: UsageError
  let command: CommandSpecification?
}
