// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The arguments of one command as given, each looked up by its specification.
struct ParsedArguments: Sendable {
  private var values: [String: String] = [:]
  private var flags: Set<String> = []

  /// Whether the result goes to a terminal, where it is laid out for a person.
  var isForTerminal = false

  /// No arguments.
  init() {}

  mutating func setFlag(_ specification: ArgumentSpecification) {
    flags.insert(specification.name)
  }

  mutating func set(_ specification: ArgumentSpecification, to value: String) {
    values[specification.name] = value
  }

  /// Whether the argument was given.
  func has(_ specification: ArgumentSpecification) -> Bool {
    flags.contains(specification.name) || values[specification.name] != nil
  }

  /// The value of an option or positional argument, if given; a list given several times is one.
  func text(_ specification: ArgumentSpecification) -> String? { values[specification.name] }

  // MARK: - Typed values

  /// The file that an option has written; nil for standard output, which `-` names too.
  func outputPath(_ specification: ArgumentSpecification) throws(UsageError) -> String? {
    guard let path = text(specification) else { return nil }
    if path.isEmpty { throw .invalid(path, for: specification, "must name a file") }
    return path == "-" ? nil : path
  }

  /// The same for a table in one of some formats.
  ///
  /// - Throws: `UsageError` if the name of the file is that of another.
  func tablePath(
    _ specification: ArgumentSpecification, formats: [String]
  ) throws(UsageError) -> String? {
    guard let path = try outputPath(specification) else { return nil }
    let other = FigureFormat.extension(of: path) ?? ""
    if Self.otherFormats.contains(other), !formats.contains(other) {
      let list = formats.map { "." + $0 }.joined(separator: " or ")
      throw .invalid(path, for: specification, "the table is \(list), and not .\(other)")
    }
    return path
  }

  /// Extensions by which programs know other forms of tables, figures and archives, and JSON.
  private static let otherFormats: Set<String> = [
    "json", "jsonl", "tsv", "xlsx", "xls", "ods", "parquet", "feather", "h5", "npy", "npz", "gz",
    "zip", "zst", "html", "svg", "png", "pdf",
  ]

  /// The value as an integer in `range`, if given.
  func integer(
    _ specification: ArgumentSpecification, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int? {
    guard let text = text(specification) else { return nil }
    let isWhole = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    guard isWhole, let value = Int(text), range.contains(value) else {
      let wanted =
        range.upperBound == .max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      // Digits that do not fit are too large for any computation, whatever the range says.
      let problem =
        isWhole && Int(text) == nil && range.upperBound == .max
        ? "must be at most \(Int.max)" : "must be \(wanted)"
      throw .invalid(text, for: specification, problem)
    }
    return value
  }

  /// The value as a case of an enumeration of texts, if given.
  func choice<Choice: RawRepresentable<String>>(
    _ specification: ArgumentSpecification, as type: Choice.Type = Choice.self
  ) throws(UsageError) -> Choice? {
    guard let text = text(specification) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw .invalidChoice(text, for: specification)
    }
    return choice
  }

  /// The value as a list of numbers of at least `minimum`, if given.
  func list(
    _ specification: ArgumentSpecification, minimum: Int
  ) throws(UsageError) -> NumberList? {
    guard let text = text(specification) else { return nil }
    do {
      return try NumberList(parsing: text, minimum: minimum)
    } catch {
      throw .invalid(text, for: specification, error.problem)
    }
  }
}
