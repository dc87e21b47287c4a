// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Bounds
internal import Labels
internal import Measurements
internal import Tables

/// Lays measurements out as rows: for programs as they are read again, for people with the bounds
/// that they give.
final class MeasurementTable {
  private static let columns = ContrastiveMeasurement.columns
  private static let measuredColumns = Set(
    MeasuredMean.allCases.flatMap { [$0.rawValue, $0.rawValue + "_se"] })

  private let options: OutputOptions
  /// Nil unless people are shown the bounds.
  private let bounds: BoundTable?
  private var selection: ColumnSelection?
  private var rowCount = 0

  /// A table of the columns that were asked for.
  ///
  /// - Throws: `UsageError` for a column that is not there.
  init(_ options: OutputOptions) throws(UsageError) {
    self.options = options
    bounds =
      options.format == .table && options.columns == .usual
      ? BoundTable(digits: options.measuredDigits) : nil
    if bounds == nil { selection = try options.selection(of: Self.columns) }
  }

  /// Whether the columns are those for people.
  var isSummary: Bool { bounds != nil }

  /// The headings; `first` is the first measurement, which is of the same classes as the others.
  func headings(first: ContrastiveMeasurement) throws(UsageError) -> [String] {
    if let selection { return selection.headings }
    let summary = BoundTable.summary(isUnequal: !first.classSizes.isUniform)
    let chosen = try options.selection(of: BoundTable.columns, summary: summary)
    selection = chosen
    return chosen.headings
  }

  /// The fields of a measurement; `headings(first:)` has been called.
  func fields(_ measurement: ContrastiveMeasurement) throws -> [TableField] {
    guard let selection else { preconditionFailure("the header comes first") }
    guard let bounds else {
      let row = try zip(Self.columns, measurement.row).map { try shown($1, column: $0) }
      return selection.fields(of: row)
    }
    rowCount += 1
    do {
      let seed = "\(measurement.seed)"
      let row = try BoundSource.row(measurement, seed: seed, nil)
      return selection.fields(
        of: try bounds.row(
          row, seed: seed, BoundReport(row.inputs, recipe: .exact), at: rowCount))
    } catch let error as DomainError {
      return selection.fields(of: bounds.row(measurement, "\(error)", at: rowCount))
    }
  }

  /// Prints the measurements that `body` hands on, each as soon as it is made.
  func write(
    to output: any TextOutput,
    _ body: (_ row: (ContrastiveMeasurement) throws -> Void) throws -> Void
  ) throws {
    try options.withOutput(standardOutput: output) { sink in
      var writer = options.makeWriter(isSummary: isSummary) { text in try sink.write(text) }
      // The header waits for the first row: a request that fails there has printed nothing.
      var hasBegun = false
      try body { measurement in
        if !hasBegun { try writer.begin(columns: headings(first: measurement)) }
        hasBegun = true
        try writer.append(row: fields(measurement))
        try sink.flush()
      }
      try writer.finish()
      try sink.flush()
    }
  }

  /// What there is to say after the last row, one line each.
  var remarks: [String] {
    guard let bounds else { return [] }
    return bounds.remarks + [
      "'--format csv' prints the measurements themselves, for 'upsilon bounds'"
    ]
  }

  /// A field as it is printed: measured numbers on a terminal to the digits that they are good for.
  private func shown(_ field: TableField, column: String) throws -> TableField {
    guard options.format == .table, case .number(let text) = field,
      Self.measuredColumns.contains(column), let value = Double(text), value.isFinite
    else { return field }
    return try .number(ComputableReal(Real(value).rational), digits: options.measuredDigits)
  }
}
