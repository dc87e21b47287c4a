// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension UsageError {
  /// `Unknown option '--x'. Did you mean '--y'?`
  static func unknownOption(_ option: String, known: [ArgumentSpecification]) -> UsageError {
    let suggestion =
      option.hasPrefix("--")
      ? EditDistance.suggestion(for: option, among: known.map(\.dashedName)) : nil
    return UsageError("Unknown option '\(option)'" + didYouMean(suggestion))
  }

  /// `Unknown subcommand`, worded as argument-parser does: it is an argument nobody expects.
  static func unknownSubcommand(_ name: String, known: [String]) -> UsageError {
    let suggestion = EditDistance.suggestion(for: name, among: known)
    return UsageError("Unexpected argument '\(name)'" + didYouMean(suggestion))
  }

  /// Arguments that no positional argument takes, at least one.
  static func unexpected(_ arguments: [String]) -> UsageError {
    let list = arguments.joined(separator: "', '")
    return arguments.count == 1
      ? UsageError("Unexpected argument '\(list)'")
      : UsageError("\(arguments.count) unexpected arguments: '\(list)'")
  }

  static func missingValue(for argument: ArgumentSpecification) -> UsageError {
    UsageError("Missing value for '\(argument.synopsis)'", help: argument.helpLine)
  }

  static func unexpectedValue(_ value: String, for flag: ArgumentSpecification) -> UsageError {
    UsageError(
      "The option '\(flag.dashedName)' does not take any value, but '\(value)' was specified.")
  }

  /// One of several arguments, or the only one, is needed and absent.
  static func missing(oneOf arguments: [ArgumentSpecification]) -> UsageError {
    if arguments.count == 1 {
      return UsageError(
        "Missing expected argument '\(arguments[0].synopsis)'", help: arguments[0].helpLine)
    }
    return UsageError(
      "Missing one of: '" + arguments.map(\.synopsis).joined(separator: "', '") + "'")
  }

  /// A value that is not what the argument takes; `problem` says why.
  static func invalid(
    _ value: String, for argument: ArgumentSpecification, _ problem: String
  ) -> UsageError {
    UsageError(
      "The value '\(value)' is invalid for '\(argument.synopsis)': \(problem)",
      help: argument.helpLine)
  }

  /// A value that is not one of the few that the argument takes.
  static func invalidChoice(_ value: String, for argument: ArgumentSpecification) -> UsageError {
    guard let choices = argument.values.choices, let last = choices.last else {
      return UsageError("The value '\(value)' is invalid for '\(argument.synopsis)'")
    }
    let quoted = choices.map { "'\($0)'" }
    let list =
      choices.count <= 2
      ? quoted.joined(separator: " and ")
      : quoted.dropLast().joined(separator: ", ") + " or '\(last)'"
    return UsageError(
      "The value '\(value)' is invalid for '\(argument.synopsis)'. Please provide one of \(list).",
      help: argument.helpLine)
  }

  /// Two arguments that exclude each other; the first is the one too many.
  static func conflict(
    _ argument: ArgumentSpecification, _ other: ArgumentSpecification
  ) -> UsageError {
    UsageError("'\(argument.dashedName)' cannot be combined with '\(other.dashedName)'")
  }

  /// An argument that means nothing without another.
  static func needless(
    _ argument: ArgumentSpecification, without others: [ArgumentSpecification]
  ) -> UsageError {
    let list = others.map { "'\($0.dashedName)'" }.joined(separator: " or ")
    return UsageError("'\(argument.dashedName)' needs \(list)", help: argument.helpLine)
  }

  /// An argument of one value that has two.
  static func givenTwice(
    _ argument: ArgumentSpecification, _ first: String, _ second: String
  ) -> UsageError {
    UsageError(
      "'\(argument.dashedName)' is given twice, with '\(first)' and '\(second)'",
      help: argument.helpLine)
  }

  /// A flag that stands twice.
  static func givenTwice(_ flag: ArgumentSpecification) -> UsageError {
    UsageError("'\(flag.dashedName)' is given twice", help: flag.helpLine)
  }

  static func didYouMean(_ suggestion: String?) -> String {
    suggestion.map { ". Did you mean '\($0)'?" } ?? ""
  }
}
