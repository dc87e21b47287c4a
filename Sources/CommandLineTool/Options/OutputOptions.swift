// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// The options that say in what form, with how many digits and where a table is printed.
struct OutputOptions: Sendable {
  /// The form of a table.
  enum Format: String, CaseIterable, Sendable {
    case csv, json, table
  }

  static let format = ArgumentSpecification.option(
    "format", values: .choices(Format.allCases.map(\.rawValue)),
    "Output format: csv, json, or table, aligned for people (default: table on a terminal, csv "
      + "in a pipe or a file).")
  static let output = ArgumentSpecification.option(
    "output", value: "file", values: .file,
    "File to write, whole or not at all; without '--format' the extension .json chooses JSON ('-': "
      + "standard output).")
  static let digits = ArgumentSpecification.option(
    "digits", "Significant digits, 1 to 1000 (default: 17 in CSV and JSON, 8 in tables).")

  static let columns = ArgumentSpecification.option(
    "columns", value: "list", isList: true,
    "Columns to print, in this order, joined by commas, or 'all' (default: all, but of losses "
      + "and bounds on a terminal the most important ones).")

  static let specifications = [format, output, digits, columns]

  let format: Format
  /// The file to write; nil for standard output.
  let path: String?
  /// How many significant digits numbers have.
  let digits: Int
  /// How many significant digits measured numbers have, and what is made of them: on a terminal no
  /// more than they are good for.
  let measuredDigits: Int
  let columns: ColumnSelection.Request

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    path =
      try arguments.has(Self.format)
      ? arguments.outputPath(Self.output)
      : arguments.tablePath(Self.output, formats: ["csv", "json"])
    let usual: Format = path == nil && arguments.isForTerminal ? .table : .csv
    let format = try arguments.choice(Self.format) ?? path.flatMap(Self.format(ofFile:)) ?? usual
    self.format = format
    let given = try arguments.integer(Self.digits, in: 1...1000)
    digits = given ?? (format == .table ? 8 : 17)
    measuredDigits = given ?? (format == .table ? 5 : 17)
    columns = try Self.columns(arguments)
  }

  private static func columns(
    _ arguments: ParsedArguments
  ) throws(UsageError) -> ColumnSelection.Request {
    guard let text = arguments.text(Self.columns) else { return .usual }
    if text == "all" { return .all }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if names.contains("") {
      throw .invalid(text, for: Self.columns, "must be names of columns joined by commas, or all")
    }
    return .named(names)
  }

  /// The columns of a table that are printed; `summary` has those that people are shown.
  func selection(
    of columns: [String], summary: ColumnSelection.Summary? = nil
  ) throws(UsageError) -> ColumnSelection {
    try ColumnSelection(self.columns, of: columns, summary: format == .table ? summary : nil)
  }

  private static func format(ofFile path: String) -> Format? {
    let name = LawOptions.baseName(path).lowercased()
    return [Format.csv, .json].first { name.hasSuffix("." + $0.rawValue) }
  }

  /// The writer for the format, which hands its text to `sink`.
  func makeWriter(
    isSummary: Bool = false, sink: @escaping TextSink
  ) -> any TableWriter {
    switch format {
    case .csv: CSVWriter(sink: sink)
    case .json: JSONWriter(sink: sink)
    case .table: AlignedTextWriter(omitsEmptyColumns: isSummary, sink: sink)
    }
  }

  /// Runs `body` with the output chosen; a file is in its place only if `body` does not throw.
  func withOutput(
    standardOutput: any TextOutput, _ body: (any TextOutput) throws -> Void
  ) throws {
    try AtomicFile.write(to: path, or: standardOutput, body)
  }
}
