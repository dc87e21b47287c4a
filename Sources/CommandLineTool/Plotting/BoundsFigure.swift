// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Bounds

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Measured losses over K+1 between the best lower and upper bounds of them, and the other upper
/// bounds of the supervised loss below.
///
/// Above, on a linear axis: the supervised loss, and for unequal classes first the loss with
/// priors, each beside the loss of guessing; what is far above that is cut off. Below, on a
/// logarithmic axis: upper bounds, those beyond the axis as markers in two rows at its top, of
/// numbers and of infinity. At the bottom accuracies, if there are any.
struct BoundsFigure {
  /// What stands in a column for each number of draws.
  struct Curve {
    var values: [(draws: Double, statistics: SeedStatistics)] = []
    /// Where it is infinite, for one seed at least.
    var infinite: [Double] = []

    var means: [Double] { values.map(\.statistics.mean) }
  }

  static let black = FigureLook(color: "#000000", marker: 7, dash: 1)
  static let grey = FigureLook(color: "#606060", marker: 1, dash: 2)

  /// A table of bounds of one setting.
  let table: PlotTable
  /// Measurements of the same encoders, for accuracies.
  let measurements: PlotTable?
  /// Whether the losses are those of the theoretical optimum: nothing was measured.
  var isTheory = false

  /// The figure.
  ///
  /// - Throws: `TableError` if a field is no number.
  func sheet(_ notes: inout PlotNotes) throws -> FigureSheet {
    var shown: [SeedStatistics] = []
    var panels: [FigureSheet.Panel] = []
    let isUnequal = try isUnequal()
    if isUnequal, let figure = try figure(Self.adjusted, &notes, &shown) {
      panels.append(FigureSheet.Panel(figure: figure, height: 0.75))
    }
    if let figure = try figure(Self.supervised, &notes, &shown) {
      panels.append(FigureSheet.Panel(figure: figure, height: isUnequal ? 0.75 : 1))
    }
    if let figure = try logarithmic(&notes, &shown) {
      panels.append(FigureSheet.Panel(figure: figure, height: 0.75))
    }
    if let figure = try accuracies(&notes) {
      panels.append(FigureSheet.Panel(figure: figure, height: 0.35))
    }
    guard let last = panels.popLast() else {
      return FigureSheet(
        Figure(title: "", x: Figure.Axis(title: ""), y: Figure.Axis(title: ""), series: []))
    }
    let title = title(shown)
    var lowest = last.figure
    lowest.x.title = "Number of draws K+1"
    if panels.isEmpty {
      lowest.title = title
      return FigureSheet(lowest)
    }
    return FigureSheet(
      title: title, panels: panels + [FigureSheet.Panel(figure: lowest, height: last.height)])
  }

  // MARK: - Columns

  /// The values of a column; infinite ones are told apart, and are not in means.
  func curve(_ column: String, _ notes: inout PlotNotes) throws -> Curve {
    var infinite: Set<String> = []
    for row in table.rows where table.text(row, column) == "inf" {
      infinite.insert(table.text(row, "draws"))
    }
    var curve = Curve()
    curve.values = try SeedStatistics.byDraws(
      table.filter { !infinite.contains(table.text($0, "draws")) }, column, &notes)
    curve.infinite = infinite.compactMap { PlotTable.number($0)?.number }.sorted()
    return curve
  }

  /// Whether guessing with the priors of the classes is better than guessing without.
  private func isUnequal() throws -> Bool {
    var ignored = PlotNotes()
    return try table.rows.contains { row in
      guard let chance = try table.number(row, "chance", &ignored),
        let adjusted = try table.number(row, "prior_adjusted_chance", &ignored)
      else { return false }
      return adjusted < chance - 1e-9
    }
  }

  /// A logarithmic axis for the numbers of draws of the whole table, with ticks at some of them.
  func axis() throws -> Figure.Axis {
    var ignored = PlotNotes()
    let draws = Set(try table.rows.compactMap { try table.number($0, "draws", &ignored) }).sorted()
    var axis = Figure.Axis(title: "")
    guard let first = draws.first, let last = draws.last, first > 0 else { return axis }
    axis.isLogarithmic = true
    let margin = first == last ? 2 : pow(last / first, 0.035)
    axis.range = (first / margin)...(last * margin)
    // Labels of numbers that are read at once, which stand far enough apart.
    let powers = draws.filter { log2($0) == log2($0).rounded() }
    let labelled = powers.count > 2 ? powers : draws
    let width = 0.035 + 0.017 * Double(FigureAxes.count(last).count)
    let distance = draws.count > 1 ? pow(last / first, width) : 1
    var ticks: [Figure.Tick] = []
    for number in labelled where ticks.last.map({ number >= $0.position * distance }) ?? true {
      ticks.append(Figure.Tick(position: number, label: FigureAxes.count(number)))
    }
    axis.ticks = ticks
    return axis
  }

  /// A constant from edge to edge.
  static func level(_ values: [Double], across range: ClosedRange<Double>?) -> [Figure
    .Point]
  {
    guard let range, let value = values.max() else { return [] }
    return [range.lowerBound, range.upperBound].map { Figure.Point(x: $0, y: value) }
  }

  // MARK: - Texts and accuracies

  private func title(_ shown: [SeedStatistics]) -> String {
    let classes = table.distinct("classes").joined(separator: ", ")
    let temperature = table.distinct("temperature").joined(separator: ", ")
    let sampling = table.distinct("sampling").joined(separator: ", ").replacing("-", with: " ")
    var title =
      isTheory
      ? "Theoretical optimum (simplex frame)"
      : table.distinct("dataset").joined(separator: ", ")
    title += ", C = \(classes), t = \(temperature), \(sampling)"
    switch table.distinct("recipe") {
    case [BoundRecipe.exact.rawValue]: title += ", exact bounds"
    case [BoundRecipe.published.rawValue]: title += ", bounds as the notebook computes them"
    default: break
    }
    if let legend = SeedStatistics.legend(shown) { title += " (\(legend))" }
    return title
  }

  /// Accuracies of the rows of the same data set.
  private func accuracies(_ notes: inout PlotNotes) throws -> Figure? {
    guard let measurements else { return nil }
    let names = Set(table.distinct("dataset"))
    let same = measurements.filter { names.contains(measurements.text($0, "dataset")) }
    if same.rows.isEmpty {
      notes.remarks.append(
        "the measurements are not of \(names.sorted().joined(separator: ", ")): no accuracy is drawn"
      )
    }
    let draws = Set(table.distinct("draws"))
    let shown = try SeedStatistics.byDraws(
      same.filter { draws.contains(measurements.text($0, "draws")) }, "mean_classifier_accuracy",
      &notes)
    guard !shown.isEmpty else { return nil }
    let points = shown.map { $0.statistics.point(x: $0.draws, floor: 0) }
    var y = FigureAxes.shares(shown.map(\.statistics.mean), title: "Accuracy")
    y.title = "Accuracy"
    return Figure(
      title: "", x: try axis(), y: y,
      series: [
        Figure.Series(
          title: "Mean classifier", style: .line,
          look: FigureLook(color: "#CC79A7", marker: 12, dash: 1), parts: [points])
      ])
  }
}
