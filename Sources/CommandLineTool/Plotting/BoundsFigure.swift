// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

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
  private struct Curve {
    var values: [(draws: Double, statistics: SeedStatistics)] = []
    /// Where it is infinite, for one seed at least.
    var infinite: [Double] = []

    var means: [Double] { values.map(\.statistics.mean) }
  }

  /// A loss with its bounds, and what they are called.
  private struct Sandwich {
    let axis: String
    let loss: (column: String, title: String)
    let chances: [(column: String, title: String, look: FigureLook)]
    let best: (lower: String, upper: String)
    let bounds: [(column: String, title: String, look: FigureLook)]
  }

  private static let black = FigureLook(color: "#000000", marker: 7, dash: 1)
  private static let grey = FigureLook(color: "#606060", marker: 1, dash: 2)

  private static let supervised = Sandwich(
    axis: "Supervised loss (nats)", loss: ("supervised_loss", "Measured L_sup"),
    chances: [("chance", "Chance, ln C", grey)],
    best: ("best_lower", "best_upper"),
    bounds: [
      ("phi_upper", "Phi, upper", FigureLook(color: "#009E73", marker: 9, dash: 1)),
      ("spread_upper", "Spread, upper", FigureLook(color: "#0072B2", marker: 11, dash: 1)),
      ("spread_lower", "Spread, lower", FigureLook(color: "#0072B2", marker: 10, dash: 4)),
    ])

  private static let adjusted = Sandwich(
    axis: "Loss with priors (nats)", loss: ("prior_adjusted_loss", "Measured L_adj"),
    chances: [
      ("chance", "ln C", FigureLook(color: "#A0A0A0", marker: 1, dash: 3)),
      ("prior_adjusted_chance", "Chance, H(rho)", grey),
    ],
    best: ("prior_adjusted_lower", "prior_adjusted_upper"),
    bounds: [
      (
        "prior_adjusted_upper", "With priors, upper",
        FigureLook(color: "#D55E00", marker: 9, dash: 1)
      ),
      (
        "prior_adjusted_lower", "With priors, lower",
        FigureLook(color: "#D55E00", marker: 8, dash: 4)
      ),
    ])

  /// The columns of the logarithmic axis. The coverage-free forms have the colours of those that
  /// they come from.
  private static let others: [(column: String, title: String, look: FigureLook)] = [
    ("curl_upper", "CURL", FigureLook(color: "#E69F00", marker: 7, dash: 1)),
    (
      "curl_coverage_free_upper", "CURL, coverage-free",
      FigureLook(color: "#E69F00", marker: 6, dash: 2)
    ),
    ("coupon_upper", "Coupon", FigureLook(color: "#56B4E9", marker: 5, dash: 1)),
    (
      "coupon_coverage_free_upper", "Coupon, coverage-free",
      FigureLook(color: "#56B4E9", marker: 4, dash: 2)
    ),
    ("ash_upper", "Ash et al.", FigureLook(color: "#CC79A7", marker: 11, dash: 1)),
    ("bao_upper", "Bao et al.", FigureLook(color: "#D55E00", marker: 13, dash: 1)),
    (
      "bao_tightened_upper", "Bao et al., tightened",
      FigureLook(color: "#D55E00", marker: 12, dash: 2)
    ),
    ("phi_cap_upper", "Phi, capped", FigureLook(color: "#009E73", marker: 8, dash: 2)),
  ]

  /// How far above the loss of guessing the linear axis ends.
  private static let linearHeadroom = 1.12
  /// How far the logarithmic axis goes beyond the trivial cap, rounded up to a power of ten.
  private static let headroom = 1e3
  /// The factors between the rows at the top of the logarithmic axis, as powers of its length.
  private static let rowShare = 0.09

  /// A table of bounds of one setting.
  let table: PlotTable
  /// Measurements of the same encoders, for accuracies.
  let measurements: PlotTable?

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
  private func curve(_ column: String, _ notes: inout PlotNotes) throws -> Curve {
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
  private func axis() throws -> Figure.Axis {
    var ignored = PlotNotes()
    let draws = Set(try table.rows.compactMap { try table.number($0, "draws", &ignored) }).sorted()
    var axis = Figure.Axis(title: "")
    guard let first = draws.first, let last = draws.last, first > 0 else { return axis }
    axis.isLogarithmic = true
    let margin = first == last ? 2 : pow(last / first, 0.035)
    axis.range = (first / margin)...(last * margin)
    // Labels that stand far enough apart.
    let distance = draws.count > 1 ? pow(last / first, 0.11) : 1
    var ticks: [Figure.Tick] = []
    for number in draws where ticks.last.map({ number >= $0.position * distance }) ?? true {
      ticks.append(Figure.Tick(position: number, label: FigureAxes.count(number)))
    }
    axis.ticks = ticks
    return axis
  }

  // MARK: - A loss between its bounds

  private func figure(
    _ sandwich: Sandwich, _ notes: inout PlotNotes, _ shown: inout [SeedStatistics]
  ) throws -> Figure? {
    let loss = try curve(sandwich.loss.column, &notes)
    let bounds = try sandwich.bounds.map { ($0, try curve($0.column, &notes)) }
    let chances = try sandwich.chances.map { ($0, try curve($0.column, &notes)) }
    var ignored = PlotNotes()
    let lower = try curve(sandwich.best.lower, &ignored)
    let upper = try curve(sandwich.best.upper, &ignored)
    let curves = bounds.map(\.1) + [loss]
    guard curves.contains(where: { !$0.values.isEmpty }) else { return nil }
    shown += curves.flatMap { $0.values.map(\.statistics) }

    let chance = chances.flatMap(\.1.means).max()
    let all = (curves + [lower] + chances.map(\.1)).flatMap(\.means)
    // Of an upper bound something is seen, if only that it is above the loss of guessing.
    let wanted = max(
      1.05 * (loss.means + lower.means + [upper.means.min() ?? 0]).reduce(0, max),
      Self.linearHeadroom * (chance ?? 0))
    // Without a loss of guessing nothing is cut off.
    let top = chance == nil ? 1.05 * (all.max() ?? 1) : wanted
    let smallest = all.min() ?? 0
    let below = smallest - 0.12 * (top - smallest)
    // A loss that is near 0 is shown as such.
    let bottom = smallest >= 0 ? max(0, below) : below

    var series: [Figure.Series] = []
    let lows = Dictionary(uniqueKeysWithValues: lower.values.map { ($0.draws, $0.statistics.mean) })
    let area = upper.values.compactMap { draws, statistics in
      lows[draws].map {
        Figure.Point(
          x: draws, y: statistics.mean, low: max($0, bottom), high: max($0, bottom, statistics.mean)
        )
      }
    }
    if area.count > 1 {
      series.append(
        Figure.Series(
          title: "Best lower to upper", style: .band,
          look: FigureLook(color: "#D8E8F3", marker: 1, dash: 1), parts: [Self.cut(area, at: top)]))
    }
    let axis = try axis()
    for (name, curve) in chances where !curve.values.isEmpty {
      series.append(
        Figure.Series(
          title: name.title, style: .thinLine, look: name.look,
          parts: [Self.level(curve.means, across: axis.range)]))
    }
    for (name, curve) in bounds where !curve.values.isEmpty {
      series.append(
        Figure.Series(
          title: name.title, style: .line, look: name.look,
          parts: [curve.values.map { $0.statistics.point(x: $0.draws, floor: bottom) }]))
    }
    if !loss.values.isEmpty {
      series.append(
        Figure.Series(
          title: sandwich.loss.title, style: .line, look: Self.black,
          parts: [loss.values.map { $0.statistics.point(x: $0.draws, floor: bottom) }]))
    }
    return Figure(
      title: "", x: axis, y: Figure.Axis(title: sandwich.axis, range: bottom...top), series: series)
  }

  /// A constant from edge to edge.
  private static func level(_ values: [Double], across range: ClosedRange<Double>?) -> [Figure
    .Point]
  {
    guard let range, let value = values.max() else { return [] }
    return [range.lowerBound, range.upperBound].map { Figure.Point(x: $0, y: value) }
  }

  /// An area without what is above `top`, over a logarithmic x axis.
  private static func cut(_ area: [Figure.Point], at top: Double) -> [Figure.Point] {
    func clipped(_ x: Double, _ low: Double, _ high: Double) -> Figure.Point {
      Figure.Point(x: x, y: min(high, top), low: min(low, top), high: min(high, top))
    }
    var result: [Figure.Point] = []
    for (index, point) in area.enumerated() {
      let (low, high) = (point.low ?? point.y, point.high ?? point.y)
      if index > 0 {
        let previous = area[index - 1]
        let (lowBefore, highBefore) = (previous.low ?? previous.y, previous.high ?? previous.y)
        // Where the upper edge crosses the top.
        if (high - top) * (highBefore - top) < 0 {
          let share = (top - highBefore) / (high - highBefore)
          let x = previous.x * pow(point.x / previous.x, share)
          result.append(clipped(x, lowBefore + share * (low - lowBefore), top))
        }
      }
      result.append(clipped(point.x, low, high))
    }
    return result
  }

  // MARK: - The other bounds

  private func logarithmic(
    _ notes: inout PlotNotes, _ shown: inout [SeedStatistics]
  ) throws -> Figure? {
    func positive(_ column: String) throws -> Curve {
      var curve = try curve(column, &notes)
      let drawn = curve.values.filter { $0.statistics.mean > 0 }
      notes.nonpositiveCount += curve.values.count - drawn.count
      curve.values = drawn
      return curve
    }
    let curves = try Self.others.map { ($0, try positive($0.column)) }
      .filter { !$0.1.values.isEmpty || !$0.1.infinite.isEmpty }
    guard !curves.isEmpty else { return nil }
    let cap = try positive("trivial_cap")
    var ignored = PlotNotes()
    let best = try curve("best_upper", &ignored)
    shown += curves.flatMap { $0.1.values.map(\.statistics) }

    let all = (curves.map(\.1) + [cap, best]).flatMap(\.means).filter { $0 > 0 }
    let lowest = FigureAxes.roundedDown(0.9 * (all.min() ?? 1))
    let limit =
      Self.headroom * FigureAxes.decade(of: cap.means.max() ?? all.min() ?? 1, roundedUp: true)
    let highest = min(limit, FigureAxes.decade(of: 1.2 * (all.max() ?? 1), roundedUp: true))
    let isBeyond = curves.contains { $0.1.means.contains { $0 > highest } }
    let isInfinite = curves.contains { !$0.1.infinite.isEmpty }
    // A row each above the axis proper, which ends with them.
    let step = pow(highest / lowest, Self.rowShare)
    let beyond = highest * step
    let infinite = isBeyond ? beyond * step : beyond
    let end =
      isInfinite ? infinite * step.squareRoot() : isBeyond ? beyond * step.squareRoot() : highest

    let axis = try axis()
    let span = axis.range.map { $0.upperBound / $0.lowerBound } ?? 1
    var series: [Figure.Series] = []
    if !cap.values.isEmpty {
      series.append(
        Figure.Series(
          title: "Trivial cap", style: .thinLine, look: Self.grey,
          parts: [Self.level(cap.means, across: axis.range)]))
    }
    let inRows = curves.filter { !$0.1.infinite.isEmpty || $0.1.means.contains { $0 > highest } }
      .map(\.0.column)
    for (name, curve) in curves {
      // Markers of several bounds stand beside each other.
      let number = Double(inRows.firstIndex(of: name.column) ?? 0)
      let place = pow(span, 0.01 * (number - Double(inRows.count - 1) / 2))
      let rows =
        curve.values.filter { $0.statistics.mean > highest }
        .map { Figure.Point(x: $0.draws * place, y: beyond) }
        + curve.infinite.map { Figure.Point(x: $0 * place, y: infinite) }
      let parts = Self.parts(curve, upTo: highest, lowest: lowest)
      if !parts.isEmpty {
        series.append(Figure.Series(title: name.title, style: .line, look: name.look, parts: parts))
      }
      if !rows.isEmpty {
        series.append(
          Figure.Series(
            title: parts.isEmpty ? name.title : nil, style: .markers, look: name.look, parts: [rows]
          ))
      }
    }
    if !best.values.isEmpty {
      series.append(
        Figure.Series(
          title: "Best upper", style: .thinLine, look: Self.black,
          parts: [best.values.map { Figure.Point(x: $0.draws, y: $0.statistics.mean) }]))
    }
    var y = Figure.Axis(
      title: "Upper bounds (nats)", isLogarithmic: true, range: lowest...end)
    if isBeyond || isInfinite {
      let first = Int(log10(lowest).rounded(.up)), last = Int(log10(highest).rounded())
      y.ticks = (first...max(first, last)).map {
        Figure.Tick(position: pow(10, Double($0)), label: Self.power($0))
      }
      if isBeyond { y.ticks?.append(Figure.Tick(position: beyond, label: "> " + Self.power(last))) }
      if isInfinite { y.ticks?.append(Figure.Tick(position: infinite, label: "infinite")) }
    }
    return Figure(title: "", x: axis, y: y, series: series)
  }

  /// 10^e without superscripts, which not every viewer puts in their place.
  private static func power(_ exponent: Int) -> String {
    (0...5).contains(exponent)
      ? "1" + String(repeating: "0", count: exponent) : "1e\(exponent)"
  }

  /// The points of a curve up to a value, in parts between those that are above it or infinite.
  private static func parts(_ curve: Curve, upTo highest: Double, lowest: Double) -> [[Figure
    .Point]]
  {
    let rows =
      curve.values.map { ($0.draws, Optional($0.statistics)) }
      + curve.infinite.map { ($0, nil) }
    var parts: [[Figure.Point]] = [[]]
    for (draws, statistics) in rows.sorted(by: { $0.0 < $1.0 }) {
      if let statistics, statistics.mean <= highest {
        let point = statistics.point(x: draws, floor: lowest)
        parts[parts.count - 1].append(
          Figure.Point(
            x: point.x, y: point.y, low: point.low, high: point.high.map { min($0, highest) }))
      } else {
        parts.append([])
      }
    }
    return parts.filter { !$0.isEmpty }
  }

  // MARK: - Texts and accuracies

  private func title(_ shown: [SeedStatistics]) -> String {
    let classes = table.distinct("classes").joined(separator: ", ")
    let temperature = table.distinct("temperature").joined(separator: ", ")
    let sampling = table.distinct("sampling").joined(separator: ", ").replacing("-", with: " ")
    var title = table.distinct("dataset").joined(separator: ", ")
    title += ", C = \(classes), t = \(temperature), \(sampling)"
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
