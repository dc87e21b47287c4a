// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Tables

/// A table about to be computed.
struct TableReport {
  /// The names of the columns.
  let columns: [String]
  /// The columns that people are shown, if they are not all.
  let summary: ColumnSelection.Summary?
  /// Remarks for a person, one line each.
  let notes: [String]
  /// Remarks that only the rows bring to light, one line each, asked for after the last row.
  let remarks: () -> [String]
  private let queueRows: (RowQueue) throws -> Void

  /// A table with the rows that `forEachRow` emits, in order.
  init(
    columns: [String], summary: ColumnSelection.Summary? = nil, notes: [String] = [],
    remarks: @escaping () -> [String] = { [] },
    forEachRow: @escaping (_ emit: RowQueue) throws -> Void
  ) {
    self.columns = columns
    self.summary = summary
    self.notes = notes
    self.remarks = remarks
    queueRows = forEachRow
  }

  /// Computes the rows and hands on at once what is known, in order, those before a failure included.
  ///
  /// - Parameter body: Takes rows, not always on the same thread; not called any more on return.
  func forEachRows(_ body: @escaping ([[TableField]]) throws -> Void) throws {
    let queue = RowQueue(write: body)
    let outcome = Result { try queueRows(queue) }
    try queue.finish()
    try outcome.get()
  }
}

extension TableField {
  /// A number to `digits` significant digits; the logarithm of 0 and undefined values as they are.
  static func number(_ value: ComputableReal?, digits: Int) throws -> TableField {
    guard let text = try value?.decimal(significantDigits: digits) else { return .absent }
    return text == "-inf" ? .negativeInfinity : .number(text)
  }
}
