// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// `upsilon plot`: a figure from a table, through gnuplot.
struct PlotCommand: Command {
  static let tables = ArgumentSpecification.positional(
    "tables", values: .file, isList: true,
    "CSV files of coverage, table, collision, distinct, bounds, train or measure; several must "
      + "have the same columns ('-': standard input).")
  static let measurements = ArgumentSpecification.option(
    "measurements", value: "file", values: .file,
    "CSV file of train or measure whose accuracies are drawn below the bounds ('-': standard "
      + "input).")
  static let kind = ArgumentSpecification.option(
    "kind", values: .choices(FigureKind.allCases.map(\.rawValue)),
    "What to draw (default: judged by the columns; trade-off is for 'bounds --theory').")
  static let dataset = ArgumentSpecification.option(
    "dataset", "Draw the rows of this data set only.")
  static let sampling = ArgumentSpecification.option(
    "sampling", values: .choices(["with-replacement", "without-replacement"]),
    "Draw the rows of this sampling scheme only.")
  static let temperature = ArgumentSpecification.option(
    "temperature", "Draw the rows of this temperature only.")
  static let logarithmic = ArgumentSpecification.flag(
    "log", "Draw probabilities on a logarithmic axis.")
  static let format = ArgumentSpecification.option(
    "format", values: .choices(FigureFormat.allCases.map(\.rawValue)),
    "Format of the figure (default: by the extension of the file; svg on standard output).")
  static let output = ArgumentSpecification.option(
    "output", value: "file", values: .file,
    "File to write, whole or not at all, with the extension .svg, .png or .pdf ('-', the default: "
      + "standard output).")
  static let script = ArgumentSpecification.flag(
    "script", "Print the commands for gnuplot instead of running it.")

  static let timeLimit = ArgumentSpecification.option(
    "time-limit", value: "seconds",
    "Seconds after which gnuplot is stopped (default: \(Gnuplot.defaultTimeLimit)).")

  /// Of more than so many curves nobody tells one from another, and gnuplot takes a time that grows
  /// as their square.
  static let seriesLimit = 1000

  static let specification = CommandSpecification(
    name: "plot",
    abstract: "Draw a figure of a table, with gnuplot.",
    discussion: """
      Draws the measured supervised loss against K+1, between its best lower and upper bounds and \
      beside the loss of guessing; below, the other upper bounds on a logarithmic axis, with \
      infinite ones at the top; and for unequal classes the loss with priors as well. The bounds \
      of 'bounds --theory' are drawn in the same way, probabilities as curves, one for each law \
      and sampling scheme, and distributions of the number of distinct labels as steps. Rows that \
      differ only in the seed are drawn as their mean with an error bar. Needs gnuplot ('apt-get \
      install gnuplot-nox').
      """,
    arguments: [
      tables, measurements, kind, dataset, sampling, temperature, logarithmic, format, output,
      script, timeLimit,
    ],
    examples: [
      WorkedExample(
        "Draw coverage of CIFAR-10 over K+1.",
        arguments: "plot tables/coverage-cifar-10.csv --output coverage.svg"),
      WorkedExample(
        "Draw bounds with the measured accuracies.",
        arguments: "plot bounds.csv --measurements measurements.csv --output bounds.pdf"),
    ])

  private let files: [String]
  private let measurementFile: String?
  private let kind: FigureKind?
  private let dataset: String?
  private let sampling: String?
  private let temperature: Double?
  private let isLogarithmic: Bool
  private let format: FigureFormat
  private let path: String?
  private let printsScript: Bool
  private let gnuplot: Gnuplot

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
    temperature = try TrainingOptions.decimal(
      arguments, Self.temperature, in: 0...Double.greatestFiniteMagnitude)
    isLogarithmic = arguments.has(Self.logarithmic)
    path = try arguments.outputPath(Self.output)
    printsScript = arguments.has(Self.script)
    // At most a day: no figure takes that long.
    let timeLimit = try arguments.integer(Self.timeLimit, in: 1...86_400)
    gnuplot = Gnuplot(timeLimit: timeLimit ?? Gnuplot.defaultTimeLimit)
    format = try Self.format(of: path, given: arguments.choice(Self.format), printsScript)
    if path == nil && format != .svg && !printsScript && arguments.isForTerminal {
      throw UsageError(
        "'--format \(format.rawValue)' needs '--output' or a standard output that is not a "
          + "terminal",
        help: Self.output.helpLine)
    }
  }

  /// The format of a figure: what was asked for, and what the name of its file says.
  ///
  /// - Throws: `UsageError` if these differ, or the name says nothing that is known.
  private static func format(
    of path: String?, given: FigureFormat?, _ printsScript: Bool
  ) throws(UsageError) -> FigureFormat {
    guard let path, !printsScript else { return given ?? .svg }
    let named = FigureFormat(ofFile: path)
    if let given, let named, given != named {
      throw .invalid(
        path, for: output,
        "its extension is that of \(named.rawValue), but '--format' is \(given.rawValue)")
    }
    if let found = given ?? named { return found }
    // A device or a pipe has no extension that could say something else.
    guard let unknown = FigureFormat.extension(of: path) else { return .svg }
    throw .invalid(
      path, for: output,
      "figures are .svg, .png or .pdf, and not .\(unknown.excerpt); '--format' names one of these "
        + "for any other file name")
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    var notes = PlotNotes()
    let sheet = try sheet(&notes)
    func note(_ text: String) throws {
      try diagnostics.write("Note: \(text)\n")
      try diagnostics.flush()
    }
    for line in notes.lines { try note(line) }
    let script = GnuplotScript(sheet: sheet, format: format).text
    let bytes = try printsScript ? Array(script.utf8) : gnuplot.run(script, note: note)
    try AtomicFile.write(to: path, or: output) { output in try output.write(bytes) }
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
      notes.remarks.append("'--measurements' is only drawn below bounds, and left out here")
    }
    let sheet = try kind.figure(
      table, measurements: measurements, isLogarithmic: isLogarithmic, notes: &notes)
    guard !sheet.isEmpty else {
      throw TableError(
        file: files[0], line: 1, problem: "there is nothing in its columns that can be drawn")
    }
    let count = sheet.panels.reduce(0) { $0 + $1.figure.series.count }
    guard count <= Self.seriesLimit else {
      throw TableError(
        file: files[0], line: 1,
        problem: "its rows are \(count) curves, and a figure has at most \(Self.seriesLimit): "
          + "choose rows with '--dataset' or '--sampling'")
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
    guard let temperature else { return table }
    let isOfTemperature = { (row: PlotTable.Row) in
      PlotTable.number(table.text(row, "temperature"))?.number == temperature
    }
    guard table.rows.contains(where: isOfTemperature) else {
      let list = table.distinct("temperature").map { "'\($0)'" }.joined(separator: ", ")
      throw .invalid("\(temperature)", for: Self.temperature, "the table has \(list.excerpt)")
    }
    return table.filter(isOfTemperature)
  }

  /// Checks that all rows are of one data set, sampling scheme and temperature.
  private func checkSetting(_ table: PlotTable) throws {
    for column in ["dataset", "sampling", "temperature"] where table.has(column) {
      let found = table.distinct(column)
      guard found.count > 1 else { continue }
      let list = found.map { "'\($0)'" }.joined(separator: ", ").excerpt
      throw TableError(
        file: files[0], line: 1,
        problem: "the rows differ in \(column) (\(list)): choose one with '--\(column)'")
    }
  }
}
