// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Where a writer puts its text, piece by piece; concatenated, the pieces are the output.
///
/// A sink may throw, for example when a disk is full; the writer passes the error on unchanged.
public typealias TextSink = (String) throws -> Void

/// Something that prints a table row by row: `begin(columns:)` once, any number of rows,
/// `finish()`.
///
///     var writer: any TableWriter = CSVWriter { text += $0 }
///     try writer.begin(columns: ["draws", "coverage_probability"])
///     try writer.append(row: [.integer(2), .number("0.5")])
///     try writer.finish()
///
/// Calling the methods in any other order, or appending a row whose number of fields is not the
/// number of columns, is a programming error and traps.
public protocol TableWriter {
  /// Starts the table.
  ///
  /// - Parameter columns: The names of the columns, at least one; they should be distinct.
  /// - Throws: What the sink throws.
  mutating func begin(columns: [String]) throws

  /// Adds a row.
  ///
  /// - Parameter row: One field for each column.
  /// - Throws: What the sink throws.
  mutating func append(row: [TableField]) throws

  /// Ends the table; everything is in the sink when this returns.
  ///
  /// - Throws: What the sink throws.
  mutating func finish() throws
}
