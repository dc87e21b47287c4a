// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Curves of one column over another, one for each law and sampling scheme.
struct CurvesFigure {
  /// What is drawn of a table.
  struct Content: Equatable {
    let title: String
    let x: String
    let xTitle: String
    let y: String
    let yTitle: String
    /// The column with log10 of y, if tables may have one: it holds what no double does.
    let logarithm: String?
    /// The columns whose values tell curves apart; the first chooses the colour.
    let groups: [String]
    /// Whether the axis of y is all of 0 to 1.
    let isOnUnitAxis: Bool
    /// Whether x may be on a logarithmic axis.
    let isScaled: Bool
    /// Whether x takes whole numbers, of which each has a probability.
    var isMass = false
    /// Whether the axis of y is logarithmic whatever is asked for.
    var isAlwaysLogarithmic = false
  }

  static let coverage = Content(
    title: "Probability that K+1 draws show every class", x: "draws",
    xTitle: "Number of draws K+1", y: "coverage_probability", yTitle: "Coverage probability",
    logarithm: "log10_coverage_probability",
    groups: ["dataset", "sampling", "copies", "at_least"], isOnUnitAxis: true,
    isScaled: true)
  static let collision = Content(
    title: "Probability that some negative has the anchor's class", x: "negatives",
    xTitle: "Number of negatives K", y: "collision_probability", yTitle: "Collision probability",
    logarithm: nil, groups: ["dataset", "sampling"], isOnUnitAxis: true, isScaled: true)
  static let distinct = Content(
    title: "Law of the number of distinct labels", x: "distinct",
    xTitle: "Number of distinct labels", y: "probability", yTitle: "Probability", logarithm: nil,
    groups: ["dataset", "sampling", "draws"], isOnUnitAxis: false, isScaled: false, isMass: true)
  static let published = Content(
    title: "Relative errors of published coverage probabilities", x: "draws",
    xTitle: "Number of draws K+1", y: "relative_error", yTitle: "Relative error", logarithm: nil,
    groups: ["dataset", "source"], isOnUnitAxis: false, isScaled: true, isAlwaysLogarithmic: true)
  static let fewNegatives = Content(
    title: "What minimizing the subset loss costs, exactly", x: "negatives",
    xTitle: "Number of negatives K", y: "excess_loss",
    yTitle: "Supervised loss above its optimum (nats)", logarithm: nil, groups: ["dataset"],
    isOnUnitAxis: false, isScaled: false)

  let table: PlotTable
  let content: Content
  /// Whether the axis of y is logarithmic.
  let isLogarithmic: Bool

  /// Curves of some content.
  init(table: PlotTable, content: Content, isLogarithmic: Bool) {
    self.table = table
    self.content = content
    self.isLogarithmic = isLogarithmic || content.isAlwaysLogarithmic
  }

  /// The figure.
  ///
  /// - Throws: `TableError` if a field is no number.
  func figure(_ notes: inout PlotNotes) throws -> Figure {
    let groups = content.groups.filter { table.has($0) && table.distinct($0).count > 1 }
    // With one curve only, its law is in the title.
    let named = groups.isEmpty ? [content.groups[0]] : groups
    var order: [[String]] = []
    var points: [[String]: [Figure.Point]] = [:]
    for row in table.rows {
      let key = named.map { table.text(row, $0) }
      if points[key] == nil {
        order.append(key)
        points[key] = []
      }
      guard let x = try table.number(row, content.x, &notes),
        let y = try ordinate(row, &notes)
      else { continue }
      points[key]?.append(Figure.Point(x: x, y: y))
    }
    var colors: [String: Int] = [:]
    for key in order where colors[key[0]] == nil { colors[key[0]] = colors.count }
    var counts: [String: Int] = [:]
    let series = order.map { key in
      // Further curves of a law are darker and dashed: they may lie upon the first.
      let number = counts[key[0], default: 0]
      counts[key[0]] = number + 1
      let color = colors[key[0], default: 0]
      let look = FigureLook.number(color)
      let dash = named[0] == "dataset" ? number : color
      return Figure.Series(
        title: label(named, key), style: content.isMass ? .steps : .line,
        look: (number == 0 ? look : look.darker).dashed(1 + dash % 5),
        parts: [points[key, default: []].sorted { $0.x < $1.x }])
    }.filter { !$0.points.isEmpty }
    let drawn = series.flatMap(\.points)
    // What all curves have in common is in the title.
    let common = content.groups.filter { table.has($0) && !named.contains($0) }
    let values = label(common, common.map { table.text(table.rows[0], $0) })
    return Figure(
      title: content.title + (values.isEmpty ? "" : ": \(values)"),
      x: xAxis(drawn.map(\.x)), y: yAxis(drawn.map(\.y)), series: series)
  }

  /// Whole numbers that have a probability each have a step of width 1 around them.
  private func xAxis(_ values: [Double]) -> Figure.Axis {
    if content.isScaled { return FigureAxes.counts(values, title: content.xTitle) }
    var axis = Figure.Axis(title: content.xTitle)
    if content.isMass, let first = values.min(), let last = values.max() {
      axis.range = (first - 0.5)...(last + 0.5)
    }
    return axis
  }

  /// y, or log10 of it on a logarithmic axis; nil where there is none.
  private func ordinate(
    _ row: PlotTable.Row, _ notes: inout PlotNotes
  ) throws(TableError) -> Double? {
    guard isLogarithmic else { return try table.number(row, content.y, &notes) }
    if let name = content.logarithm, table.has(name) {
      // Minus infinity is counted as what it is: a number with no place on the axis.
      if table.text(row, name) == "-inf" {
        notes.nonpositiveCount += 1
        return nil
      }
      return try table.number(row, name, &notes)
    }
    guard let y = try table.number(row, content.y, &notes) else { return nil }
    guard y > 0 else {
      notes.nonpositiveCount += 1
      return nil
    }
    return log10(y)
  }

  /// On a logarithmic axis positions are the logarithms themselves, for doubles end at 1e308.
  private func yAxis(_ values: [Double]) -> Figure.Axis {
    guard isLogarithmic else {
      return Figure.Axis(title: content.yTitle, range: content.isOnUnitAxis ? 0...1.02 : nil)
    }
    let (low, high) = ((values.min() ?? -1).rounded(.down), (values.max() ?? 0).rounded(.up))
    let span = max(1, high - low)
    // At most eight ticks, at multiples of a round number.
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].first { span / $0 <= 8 } ?? span / 8
    let first = (low / step).rounded(.down) * step
    let ticks = stride(from: first, through: high, by: step).map { position in
      Figure.Tick(
        position: position, label: position == 0 ? "1" : "1e\(FigureAxes.count(position))")
    }
    return Figure.Axis(
      title: content.yTitle, range: first...max(high, first + step), ticks: ticks)
  }

  private func label(_ columns: [String], _ values: [String]) -> String {
    zip(columns, values).map { column, value in
      switch column {
      case "draws": "n = \(value)"
      case "copies": "\(value) of each"
      case "at_least": "at least \(value) classes"
      case "sampling": value.replacing("-", with: " ")
      default: value
      }
    }.joined(separator: ", ")
  }
}
