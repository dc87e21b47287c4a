// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The values of a column at one number of draws, over seeds.
struct SeedStatistics: Equatable {
  /// The mean over the rows that have a value.
  let mean: Double
  /// The standard deviation over seeds, or the standard error in the table if there is one row
  /// only; nil if there is neither.
  let deviation: Double?
  /// How many rows have a value.
  let count: Int

  /// Of the values of some rows, at least one, with the standard errors beside them.
  init(_ values: [Double], standardErrors: [Double]) {
    count = values.count
    // Divided first: the sum of numbers that are large may be none.
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    self.mean = mean
    if values.count > 1 {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviation = (squares / Double(values.count - 1)).squareRoot()
    } else {
      deviation = standardErrors.first { $0 > 0 }
    }
  }

  /// The values of a column for each number of draws, in ascending order.
  ///
  /// - Throws: `TableError` if a field is no number.
  static func byDraws(
    _ table: PlotTable, _ column: String, _ notes: inout PlotNotes
  ) throws -> [(draws: Double, statistics: SeedStatistics)] {
    var values: [Double: [Double]] = [:]
    var errors: [Double: [Double]] = [:]
    for row in table.rows {
      guard let draws = try table.number(row, "draws", &notes),
        let value = try table.number(row, column, &notes)
      else { continue }
      values[draws, default: []].append(value)
      var ignored = PlotNotes()
      if let error = try table.number(row, column + "_se", &ignored) {
        errors[draws, default: []].append(error)
      }
    }
    return values.sorted { $0.key < $1.key }.map { draws, values in
      (draws, SeedStatistics(values, standardErrors: errors[draws, default: []]))
    }
  }

  /// What error bars of some statistics are, for the title; nil if there are none.
  static func legend(_ statistics: [SeedStatistics]) -> String? {
    guard statistics.contains(where: { $0.deviation != nil }) else { return nil }
    let counts = Set(statistics.filter { $0.deviation != nil }.map(\.count))
    let most = counts.max() ?? 1
    if most == 1 { return "error bars: standard error" }
    // With one seed there is no deviation over seeds: a bar is then the standard error.
    return "error bars: standard deviation over \(most) seeds"
      + (counts.contains(1) ? ", of one seed standard error" : "")
  }

  /// A point with its error bar, whose lower end is at least `floor`.
  func point(x: Double, floor: Double) -> Figure.Point {
    guard let deviation else { return Figure.Point(x: x, y: mean) }
    return Figure.Point(x: x, y: mean, low: max(mean - deviation, floor), high: mean + deviation)
  }
}
