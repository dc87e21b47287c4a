// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// All bounds at the theoretical optimum over K: few negatives leave classes out, many collide.
struct TradeOffFigure {
  /// The columns that are drawn, with their names in the legend. The coverage-free forms have the
  /// colours of those that they come from.
  static let columns: [(column: String, title: String, look: FigureLook)] = [
    ("curl_upper", "CURL", FigureLook(color: "#E69F00", marker: 7, dash: 1)),
    (
      "curl_coverage_free_upper", "Coverage-free CURL",
      FigureLook(color: "#E69F00", marker: 6, dash: 2)
    ),
    ("coupon_upper", "Coupon", FigureLook(color: "#0072B2", marker: 5, dash: 1)),
    (
      "coupon_coverage_free_upper", "Coverage-free coupon",
      FigureLook(color: "#0072B2", marker: 4, dash: 2)
    ),
    ("phi_upper", "Phi", FigureLook(color: "#009E73", marker: 9, dash: 1)),
    ("spread_upper", "Spread, upper", FigureLook(color: "#0072B2", marker: 6, dash: 1)),
    ("ash_upper", "Ash", FigureLook(color: "#CC79A7", marker: 11, dash: 1)),
    ("bao_tightened_upper", "Bao, tightened", FigureLook(color: "#D55E00", marker: 13, dash: 1)),
  ]

  /// The axis ends so many powers of ten above the trivial cap.
  private static let headroom = 10.0

  /// A table of bounds of one setting.
  let table: PlotTable

  /// The figure.
  ///
  /// - Throws: `TableError` if a field is no number.
  func figure(_ notes: inout PlotNotes) throws -> Figure {
    var series: [Figure.Series] = []
    for (column, title, look) in Self.columns {
      let parts = try parts(column, &notes)
      if parts.isEmpty { continue }
      series.append(
        Figure.Series(title: title, style: .line, look: look, parts: parts))
    }
    let cap = try parts("trivial_cap", &notes)
    let loss = try parts("supervised_loss", &notes)
    if !cap.isEmpty {
      series.append(
        Figure.Series(
          title: "Trivial cap", style: .thinLine,
          look: FigureLook(color: "#707070", marker: 1, dash: 2), parts: cap))
    }
    if !loss.isEmpty {
      series.append(
        Figure.Series(
          title: "Loss at the optimum", style: .thinLine,
          look: FigureLook(color: "#000000", marker: 1, dash: 1), parts: loss))
    }
    let values = series.flatMap { $0.points.map(\.y) }
    let reference = cap.flatMap { $0.map(\.y) }.max() ?? values.max() ?? 1
    let highest = Self.headroom * FigureAxes.decade(of: reference, roundedUp: true)
    let lowest = FigureAxes.roundedDown(0.9 * (values.min() ?? 1))
    let classes = table.distinct("classes").joined(separator: ", ")
    let temperature = table.distinct("temperature").joined(separator: ", ")
    return Figure(
      title: "Upper bounds at the simplex frame, C = \(classes), t = \(temperature)",
      x: FigureAxes.counts(
        series.flatMap { $0.points.map(\.x) }, title: "Number of negatives K"),
      y: Figure.Axis(
        title: "Supervised loss (nats)", isLogarithmic: true, range: lowest...highest),
      series: series)
  }

  /// The points of a column, in parts between rows that have no value.
  private func parts(_ column: String, _ notes: inout PlotNotes) throws -> [[Figure.Point]] {
    var rows: [(x: Double, y: Double?)] = []
    for row in table.rows {
      guard let draws = try table.number(row, "draws", &notes) else { continue }
      rows.append((draws - 1, try table.number(row, column, &notes)))
    }
    var parts: [[Figure.Point]] = [[]]
    for (x, y) in rows.sorted(by: { $0.x < $1.x }) {
      if let y, y > 0, x > 0 {
        parts[parts.count - 1].append(Figure.Point(x: x, y: y))
      } else {
        if y != nil { notes.nonpositiveCount += 1 }
        parts.append([])
      }
    }
    return parts.filter { !$0.isEmpty }
  }
}
