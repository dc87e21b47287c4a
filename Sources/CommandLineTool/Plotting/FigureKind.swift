// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// What a table is drawn as, recognised by its columns.
enum FigureKind: String, CaseIterable, Sendable {
  case bounds
  case tradeOff = "trade-off"
  case measurements
  case published
  case fewNegatives = "few-negatives"
  case coverage, collision, distinct

  /// The columns that a table must have to be drawn like this.
  var columns: [String] {
    switch self {
    case .bounds: ["dataset", "draws", "curl_upper", "coupon_upper", "supervised_loss"]
    case .tradeOff: ["draws", "curl_upper", "coupon_upper", "trivial_cap"]
    case .measurements: ["dataset", "draws", "contrastive_loss", "mean_classifier_accuracy"]
    case .published: ["dataset", "draws", "published_coverage_probability", "relative_error"]
    case .fewNegatives: ["dataset", "negatives", "subset_loss", "excess_loss"]
    case .coverage: ["dataset", "draws", "coverage_probability"]
    case .collision: ["dataset", "negatives", "collision_probability"]
    case .distinct: ["dataset", "draws", "distinct", "probability"]
    }
  }

  /// Whether a setting is one figure, so that a table with several needs a choice.
  var isOfOneSetting: Bool { self == .bounds || self == .tradeOff || self == .measurements }

  /// The kind of a table: the first whose columns it has. Bounds without seed or gap in any row are
  /// those of theory.
  ///
  /// - Throws: `TableError` naming the file if there is none.
  init(of table: PlotTable) throws(TableError) {
    let kind = Self.allCases.first { kind in kind.columns.allSatisfy(table.has) }
    guard let kind else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw TableError(
        file: table.rows[0].file, line: 1,
        problem: "its columns are not those of a table that can be drawn (\(known))\(table.advice)")
    }
    let isTheory =
      kind == .bounds && table.distinct("seed") == [""] && table.distinct("gap") == ["0"]
    self = isTheory ? .tradeOff : kind
  }

  /// Checks that a table has the columns.
  func check(_ table: PlotTable) throws(TableError) {
    let missing = columns.filter { !table.has($0) }.map { "'\($0)'" }
    if missing.isEmpty { return }
    let list = missing.joined(separator: ", ")
    throw TableError(
      file: table.rows[0].file, line: 1,
      problem: (missing.count == 1 ? "the column \(list) is" : "the columns \(list) are")
        + " missing, which '\(rawValue)' needs\(table.advice)")
  }

  /// The figure of a table.
  ///
  /// - Parameters:
  ///   - measurements: Where the accuracies beside bounds come from.
  ///   - isLogarithmic: Whether probabilities are on a logarithmic axis.
  ///   - notes: Receives what is not drawn.
  func figure(
    _ table: PlotTable, measurements: PlotTable?, isLogarithmic: Bool, notes: inout PlotNotes
  ) throws -> FigureSheet {
    func curves(_ content: CurvesFigure.Content) throws -> FigureSheet {
      try FigureSheet(
        CurvesFigure(table: table, content: content, isLogarithmic: isLogarithmic)
          .figure(&notes))
    }
    switch self {
    case .bounds:
      return try BoundsFigure(table: table, measurements: measurements).sheet(&notes)
    case .tradeOff:
      return try BoundsFigure(table: table, measurements: nil, isTheory: true).sheet(&notes)
    case .measurements: return try FigureSheet(MeasurementsFigure(table: table).figure(&notes))
    case .published: return try curves(CurvesFigure.published)
    case .fewNegatives: return try curves(CurvesFigure.fewNegatives)
    case .coverage: return try curves(CurvesFigure.coverage)
    case .collision: return try curves(CurvesFigure.collision)
    case .distinct: return try curves(CurvesFigure.distinct)
    }
  }
}
