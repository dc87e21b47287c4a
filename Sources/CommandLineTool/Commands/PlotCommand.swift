// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// `upsilon plot`: a figure from a table, through gnuplot.
struct PlotCommand: Command {
  static let tables = ArgumentSpecification.positional(
    "tables", values: .file,
    "CSV file of coverage, table, collision, distinct, bounds, train or measure; several with the "
      + "same columns are joined by commas.")
  static let measurements = ArgumentSpecification.option(
    "measurements", value: "file", values: .file,
    "CSV file of train or measure with the accuracies to draw beside bounds.")
  static let kind = ArgumentSpecification.option(
    "kind", values: .choices(FigureKind.allCases.map(\.rawValue)),
    "What to draw (default: what the columns say; trade-off is of 'bounds --theory').")
  static let dataset = ArgumentSpecification.option(
    "dataset", "Draw the rows of this data set only.")
  static let sampling = ArgumentSpecification.option(
    "sampling", values: .choices(["with-replacement", "without-replacement"]),
    "Draw the rows of this sampling scheme only.")
  static let logarithmic = ArgumentSpecification.flag(
    "log", "Draw probabilities on a logarithmic axis.")
  static let format = ArgumentSpecification.option(
    "format", values: .choices(FigureFormat.allCases.map(\.rawValue)),
    "Format of the figure (default: by the extension of the file, else svg).")
  static let output = ArgumentSpecification.option(
    "output", value: "file", values: .file,
    "File to write, whole or not at all (default: SVG to standard output).")
  static let script = ArgumentSpecification.flag(
    "script", "Print the commands for gnuplot instead of running it.")

  static let specification = CommandSpecification(
    name: "plot",
    abstract: "Draw a figure from a table, through gnuplot.",
    discussion: """
      Draws the measured supervised loss over K+1 between the best lower and upper bounds of it, \
      beside the loss of guessing, and below them the other upper bounds on a logarithmic axis, \
      infinite ones at its top; for unequal classes the loss with priors as well. Draws the bounds \
      of 'bounds --theory' as curves over K, and curves of probabilities, one for each law and \
      sampling scheme. Rows that differ in the seed only are drawn as their mean with a bar of \
      error. Needs gnuplot ('apt-get install gnuplot-nox').
      """,
    arguments: [
      tables, measurements, kind, dataset, sampling, logarithmic, format, output, script,
    ],
    examples: [
      WorkedExample(
        "Draw coverage of CIFAR-10 over K+1.",
        arguments: "plot tables/coverage-cifar-10.csv --output coverage.svg"),
      WorkedExample(
        "Draw bounds with the accuracies that were measured.",
        arguments: "plot bounds.csv --measurements measurements.csv --output bounds.pdf"),
    ])

  private let files: [String]
  private let measurementFile: String?
  private let kind: FigureKind?
  private let dataset: String?
  private let sampling: String?
  private let isLogarithmic: Bool
  private let format: FigureFormat
  private let path: String?
  private let printsScript: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    let text = arguments.text(Self.tables) ?? ""
    files = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if files.contains("") {
      throw .invalid(text, for: Self.tables, "must be files joined by commas")
    }
    measurementFile = arguments.text(Self.measurements)
    kind = try arguments.choice(Self.kind)
    dataset = arguments.text(Self.dataset)
    sampling = arguments.text(Self.sampling)
    isLogarithmic = arguments.has(Self.logarithmic)
    path = arguments.text(Self.output)
    if let path, path.isEmpty { throw .invalid(path, for: Self.output, "must name a file") }
    let named = path.flatMap(FigureFormat.init(ofFile:))
    format = try arguments.choice(Self.format) ?? named ?? .svg
    printsScript = arguments.has(Self.script)
    if path == nil && format != .svg && !printsScript {
      throw UsageError("'--format \(format.rawValue)' needs '--output'", help: Self.output.helpLine)
    }
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    var notes = PlotNotes()
    let sheet = try sheet(&notes)
    for note in notes.lines { try diagnostics.write("Note: \(note)\n") }
    try diagnostics.flush()
    let script = GnuplotScript(sheet: sheet, format: format).text
    let bytes = try printsScript ? Array(script.utf8) : Gnuplot().run(script)
    guard let path else {
      try output.write(String(decoding: bytes, as: UTF8.self))
      return
    }
    let file = try AtomicFile(path: path)
    try file.write(bytes)
    try file.commit()
  }

  /// The figure of the rows that are asked for.
  private func sheet(_ notes: inout PlotNotes) throws -> FigureSheet {
    let table = try selected(PlotTable(files: files))
    let kind = try kind ?? FigureKind(of: table)
    try kind.check(table)
    if kind.isOfOneSetting { try checkSetting(table) }
    let measurements = try measurementFile.map { file in
      let table = try PlotTable(files: [file])
      try FigureKind.measurements.check(table)
      return table
    }
    if measurements != nil && kind != .bounds {
      notes.remarks.append("'--measurements' is for bounds: nothing of it is drawn")
    }
    let sheet = try kind.figure(
      table, measurements: measurements, isLogarithmic: isLogarithmic, notes: &notes)
    guard !sheet.isEmpty else {
      throw TableError(
        file: files[0], line: 1, problem: "there is nothing in its columns that can be drawn")
    }
    return sheet
  }

  /// The rows of the data set and sampling scheme asked for.
  private func selected(_ table: PlotTable) throws(UsageError) -> PlotTable {
    var table = table
    for (column, value, option) in [
      ("dataset", dataset, Self.dataset), ("sampling", sampling, Self.sampling),
    ] {
      guard let value else { continue }
      let found = table.distinct(column)
      guard found.contains(value) else {
        let list = found.map { "'\($0)'" }.joined(separator: ", ")
        throw .invalid(value, for: option, "the table has \(list.excerpt)")
      }
      table = table.filter { table.text($0, column) == value }
    }
    return table
  }

  /// Checks that all rows are of one data set, sampling scheme and temperature.
  private func checkSetting(_ table: PlotTable) throws {
    for column in ["dataset", "sampling", "temperature"] where table.has(column) {
      let found = table.distinct(column)
      guard found.count > 1 else { continue }
      let list = found.map { "'\($0)'" }.joined(separator: ", ").excerpt
      let advice =
        column == "temperature" ? "draw one of them at a time" : "choose one with '--\(column)'"
      throw TableError(
        file: files[0], line: 1, problem: "the rows differ in \(column) (\(list)): \(advice)")
    }
  }
}
