// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Measured losses over K+1, and accuracies at the right.
struct MeasurementsFigure {
  /// A table of measurements of one setting.
  let table: PlotTable

  /// The figure.
  ///
  /// - Throws: `TableError` if a field is no number.
  func figure(_ notes: inout PlotNotes) throws -> Figure {
    var series: [Figure.Series] = []
    var shown: [SeedStatistics] = []
    func add(_ column: String, _ title: String, _ look: FigureLook, isAccuracy: Bool) throws {
      let values = try SeedStatistics.byDraws(table, column, &notes)
      if values.isEmpty { return }
      shown += values.map(\.statistics)
      let points = values.map { draws, statistics in
        statistics.point(x: draws, floor: -.greatestFiniteMagnitude)
      }
      series.append(
        Figure.Series(
          title: title, style: .line, look: look, isOnSecondAxis: isAccuracy, parts: [points]))
    }
    try add("contrastive_loss", "Contrastive loss", .number(0), isAccuracy: false)
    try add("supervised_loss", "Supervised loss", .number(1), isAccuracy: false)
    try add(
      "mean_classifier_accuracy", "Accuracy, mean classifier", FigureLook.number(2).dashed(2),
      isAccuracy: true)
    try add(
      "linear_accuracy", "Accuracy, linear classifier", FigureLook.number(3).dashed(4),
      isAccuracy: true)
    let accuracies = series.filter(\.isOnSecondAxis).flatMap { $0.points.map(\.y) }
    var title = table.distinct("dataset").joined(separator: ", ")
    title += ", t = \(table.distinct("temperature").joined(separator: ", "))"
    if let legend = SeedStatistics.legend(shown) { title += " (\(legend))" }
    return Figure(
      title: title,
      x: FigureAxes.counts(
        series.flatMap { $0.points.map(\.x) }, title: "Number of draws K+1"),
      y: Figure.Axis(title: "Loss (nats)"),
      y2: accuracies.isEmpty ? nil : FigureAxes.shares(accuracies, title: "Accuracy"),
      series: series)
  }
}
