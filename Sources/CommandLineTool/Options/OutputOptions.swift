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
    "Form of the output: csv, json, or table, aligned for people (default: table on a terminal, csv in "
      + "a pipe or a file).")
  static let output = ArgumentSpecification.option(
    "output", value: "file", values: .file,
    "File to write, whole or not at all; without '--format' the extension .json chooses JSON ('-': "
      + "standard output).")
  static let digits = ArgumentSpecification.option(
    "digits", "Significant digits, 1 to 1000 (default: 17 in CSV and JSON, 8 in tables).")

  static let specifications = [format, output, digits]

  let format: Format
  /// The file to write; nil for standard output.
  let path: String?
  /// How many significant digits numbers have.
  let digits: Int

  /// Reads the options.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = try arguments.outputPath(Self.output)
    let usual: Format = path == nil && arguments.isForTerminal ? .table : .csv
    let format = try arguments.choice(Self.format) ?? path.flatMap(Self.format(ofFile:)) ?? usual
    self.format = format
    digits = try arguments.integer(Self.digits, in: 1...1000) ?? (format == .table ? 8 : 17)
  }

  private static func format(ofFile path: String) -> Format? {
    let name = LawOptions.baseName(path).lowercased()
    return [Format.csv, .json].first { name.hasSuffix("." + $0.rawValue) }
  }

  /// The writer for the format, which hands its text to `sink`.
  func makeWriter(sink: @escaping TextSink) -> any TableWriter {
    switch format {
    case .csv: CSVWriter(sink: sink)
    case .json: JSONWriter(sink: sink)
    case .table: AlignedTextWriter(sink: sink)
    }
  }

  /// Runs `body` with the output chosen; a file is in its place only if `body` does not throw.
  func withOutput(
    standardOutput: any TextOutput, _ body: (any TextOutput) throws -> Void
  ) throws {
    try AtomicFile.write(to: path, or: standardOutput, body)
  }
}
