// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Upper bounds of the supervised loss over K+1: bars for CURL and coupon, curves for Phi and the
/// measured loss, and the accuracy of the mean classifier at the right.
///
/// As figure 1 of K. Nozawa and I. Sato, NeurIPS 2021, arXiv 2102.06866. The logarithmic axis ends
/// three powers of ten above all but the bars; a bar that is longer ends there, with its value
/// above it.
struct BoundsFigure {
  private static let barWidth = 0.36
  /// How many powers of ten the axis goes beyond what is not a bar.
  private static let headroom = 1e3

  /// A table of bounds of one setting.
  let table: PlotTable
  /// Measurements of the same encoders, for accuracies.
  let measurements: PlotTable?

  private typealias Column = [(draws: Double, statistics: SeedStatistics)]

  /// The figure.
  ///
  /// - Throws: `TableError` if a field is no number.
  func figure(_ notes: inout PlotNotes) throws -> Figure {
    func column(_ name: String) throws -> Column {
      let all = try SeedStatistics.byDraws(table, name, &notes)
      let drawn = all.filter { $0.statistics.mean > 0 }
      notes.nonpositiveCount += all.count - drawn.count
      return drawn
    }
    let (curl, coupon) = try (column("curl_upper"), column("coupon_upper"))
    let (phi, supervised) = try (column("phi_upper"), column("supervised_loss"))
    let cap = try column("trivial_cap")
    let accuracy = try accuracies(&notes)

    let draws = Set((curl + coupon + phi + supervised + cap).map(\.draws)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(draws, draws.indices.map(Double.init)))
    let all = (curl + coupon + phi + supervised + cap).map(\.statistics.mean)
    let others = (phi + supervised + cap).map(\.statistics.mean)
    let lowest = FigureAxes.roundedDown(0.9 * (all.min() ?? 1))
    // Without any of the others the bars themselves say where the axis ends.
    let limit =
      Self.headroom * FigureAxes.decade(of: others.max() ?? all.max() ?? 1, roundedUp: true)
    let highest = min(limit, FigureAxes.decade(of: 1.2 * (all.max() ?? 1), roundedUp: true))

    func points(_ column: Column, offset: Double = 0) -> [Figure.Point] {
      column.map { draws, statistics in
        statistics.point(x: places[draws, default: 0] + offset, floor: lowest)
      }
    }
    func bars(_ column: Column, _ title: String, _ color: String, offset: Double) -> Figure.Series {
      let clipped = points(column, offset: offset).map { point in
        // Of a bar that is cut off, the error is not seen.
        point.y > highest ? Figure.Point(x: point.x, y: highest) : point
      }
      return Figure.Series(
        title: title, style: .bars(width: Self.barWidth),
        look: FigureLook(color: color, marker: 1, dash: 1), parts: [clipped])
    }
    var series = [
      bars(curl, "CURL bound", "#E69F00", offset: -Self.barWidth / 2),
      bars(coupon, "Coupon bound", "#56B4E9", offset: Self.barWidth / 2),
    ]
    let black = FigureLook(color: "#000000", marker: 5, dash: 1)
    let green = FigureLook(color: "#009E73", marker: 9, dash: 1)
    let grey = FigureLook(color: "#707070", marker: 1, dash: 2)
    for (column, title, style, look) in [
      (cap, "Trivial cap", Figure.Style.thinLine, grey), (phi, "Phi bound", .line, green),
      (supervised, "Measured supervised loss", .line, black),
    ] where !column.isEmpty {
      var points = points(column)
      if style == .thinLine {
        // From edge to edge.
        points.insert(Figure.Point(x: -0.6, y: points[0].y), at: 0)
        points.append(Figure.Point(x: Double(draws.count) - 0.4, y: points[points.count - 1].y))
      }
      series.append(Figure.Series(title: title, style: style, look: look, parts: [points]))
    }
    let shown = accuracy.filter { places[$0.draws] != nil }
    if !shown.isEmpty {
      series.append(
        Figure.Series(
          title: "Accuracy (right axis)", style: .line,
          look: FigureLook(color: "#CC79A7", marker: 12, dash: 4), isOnSecondAxis: true,
          parts: [
            shown.map { $0.statistics.point(x: places[$0.draws, default: 0], floor: 0) }
          ]))
    }
    series.removeAll { $0.points.isEmpty }
    return Figure(
      title: title(curl + coupon + phi + supervised),
      x: Figure.Axis(
        title: "Number of draws K+1", range: -0.6...(Double(draws.count) - 0.4),
        ticks: draws.map {
          Figure.Tick(position: places[$0, default: 0], label: FigureAxes.count($0))
        }),
      y: Figure.Axis(
        title: "Supervised loss (nats)", isLogarithmic: true, range: lowest...highest),
      y2: shown.isEmpty
        ? nil
        : FigureAxes.shares(
          shown.map(\.statistics.mean), title: "Accuracy of the mean classifier"),
      series: series,
      labels: labels(curl, places, -Self.barWidth / 2, highest)
        + labels(coupon, places, Self.barWidth / 2, highest))
  }

  /// The values of bars that are longer than the axis.
  private func labels(
    _ column: Column, _ places: [Double: Double], _ offset: Double, _ highest: Double
  ) -> [Figure.Label] {
    column.filter { $0.statistics.mean > highest }.map { draws, statistics in
      let isAtEnd = statistics.mean >= PlotTable.range.upperBound / Double(statistics.count)
      return Figure.Label(
        x: places[draws, default: 0] + offset, y: highest,
        text: isAtEnd ? ">1e150" : FigureAxes.short(statistics.mean))
    }
  }

  private func title(_ columns: Column) -> String {
    let classes = table.distinct("classes").joined(separator: ", ")
    let temperature = table.distinct("temperature").joined(separator: ", ")
    let sampling = table.distinct("sampling").joined(separator: ", ").replacing("-", with: " ")
    var title = table.distinct("dataset").joined(separator: ", ")
    title += ", C = \(classes), t = \(temperature), \(sampling)"
    if let legend = SeedStatistics.legend(columns.map(\.statistics)) { title += " (\(legend))" }
    return title
  }

  /// Accuracies of the rows of the same data set.
  private func accuracies(_ notes: inout PlotNotes) throws -> Column {
    guard let measurements else { return [] }
    let names = Set(table.distinct("dataset"))
    let same = measurements.filter { names.contains(measurements.text($0, "dataset")) }
    if same.rows.isEmpty {
      notes.remarks.append(
        "the measurements are not of \(names.sorted().joined(separator: ", ")): no accuracy is drawn"
      )
    }
    return try SeedStatistics.byDraws(same, "mean_classifier_accuracy", &notes)
  }
}
