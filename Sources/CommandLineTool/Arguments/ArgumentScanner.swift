// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Reads the words after a subcommand by the command's specification.
struct ArgumentScanner {
  /// What the words ask for.
  enum Outcome {
    case help
    case version
    case run(ParsedArguments)
  }

  let specification: CommandSpecification

  /// Parses `words`, those after the name of the subcommand.
  ///
  /// Help and version are honoured wherever they stand before `--`, in spite of other mistakes. A
  /// list given twice is continued; anything else given twice is a mistake.
  ///
  /// - Throws: `UsageError` for the first word that does not fit, then for what is missing.
  func parse(_ words: [String]) throws(UsageError) -> Outcome {
    for word in words.prefix(while: { $0 != "--" }) {
      if word == "--help" || word == "-h" { return .help }
      if word == "--version" { return .version }
    }
    var parsed = ParsedArguments()
    var rest = words[...]
    var free: [String] = []
    while let word = rest.popFirst() {
      if word == "--" {
        free += rest
        break
      } else if isOption(word) {
        try parseOption(word, &rest, into: &parsed)
      } else {
        free.append(word)
      }
    }
    try assign(free, to: &parsed)
    for alternatives in specification.alternatives { try alternatives.check(parsed) }
    return .run(parsed)
  }

  /// Whether a word is an option rather than a value: a lone dash and negative numbers are values.
  private func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let second = word.utf8.dropFirst().first else { return false }
    return !(48...57).contains(second) && second != UInt8(ascii: ".")
  }

  private func parseOption(
    _ word: String, _ rest: inout ArraySlice<String>, into parsed: inout ParsedArguments
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let inlineValue = parts.count > 1 ? String(parts[1]) : nil
    let option = specification.options.first { $0.dashedName == name }
    guard let option else {
      throw .unknownOption(name, known: specification.optionsWithBuiltIns)
    }
    if option.form == .flag {
      if let inlineValue { throw .unexpectedValue(inlineValue, for: option) }
      if parsed.has(option) { throw .givenTwice(option) }
      parsed.setFlag(option)
    } else if let inlineValue {
      try set(option, to: inlineValue, in: &parsed)
    } else if let next = value(at: rest) {
      rest.removeFirst()
      try set(option, to: next, in: &parsed)
      // What a shell makes of a pattern of files is a word for each.
      let takesMore = option.isList && option.values == .file && specification.positionals.isEmpty
      while takesMore, let next = value(at: rest) {
        rest.removeFirst()
        try set(option, to: next, in: &parsed)
      }
    } else {
      throw .missingValue(for: option)
    }
  }

  /// The first of the words if it is a value.
  private func value(at words: ArraySlice<String>) -> String? {
    guard let word = words.first, word != "--", !isOption(word) else { return nil }
    return word
  }

  private func assign(_ free: [String], to parsed: inout ParsedArguments) throws(UsageError) {
    let positionals = specification.positionals
    if let list = positionals.last, list.isList, positionals.count == 1, !free.isEmpty {
      for value in free { try set(list, to: value, in: &parsed) }
      return
    }
    guard free.count <= positionals.count else {
      throw .unexpected(Array(free.dropFirst(positionals.count)))
    }
    for (positional, value) in zip(positionals, free) {
      try set(positional, to: value, in: &parsed)
    }
    if free.count < positionals.count { throw .missing(oneOf: [positionals[free.count]]) }
  }

  private func set(
    _ argument: ArgumentSpecification, to value: String, in parsed: inout ParsedArguments
  ) throws(UsageError) {
    var value = value
    if let choices = argument.values.choices {
      // A word of a few is found in any case: CIFAR-10, CSV.
      guard let choice = choices.first(where: { $0.lowercased() == value.lowercased() }) else {
        throw .invalidChoice(value, for: argument)
      }
      value = choice
    }
    guard let before = parsed.text(argument) else { return parsed.set(argument, to: value) }
    guard argument.isList else { throw .givenTwice(argument, before, value) }
    parsed.set(argument, to: before + "," + value)
  }
}
