// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Which columns of a table are printed, in which order and under which headings.
struct ColumnSelection: Equatable, Sendable {
  /// What was asked for.
  enum Request: Equatable, Sendable {
    /// Nothing: all columns, but for a table of losses and bounds that people read.
    case usual
    case all
    /// Some columns by their names, at least one.
    case named([String])
  }

  /// Columns for people: those that answer the question, under headings that leave room for all of
  /// them on a line.
  typealias Summary = [(column: String, heading: String)]

  /// The places of the columns in a row.
  let indices: [Int]
  let headings: [String]
  /// Whether columns are left out that nobody asked to leave out.
  let isSummary: Bool
  /// Whether all columns are printed in their order.
  private let isWhole: Bool

  /// The columns of a table that were asked for.
  ///
  /// - Parameters:
  ///   - columns: All columns of the table.
  ///   - summary: Those for people, if they are not all; nil where a program may read.
  /// - Throws: `UsageError` for a column that is not there, or is named twice.
  init(_ request: Request, of columns: [String], summary: Summary? = nil) throws(UsageError) {
    switch (request, summary) {
    case (.usual, let summary?):
      indices = summary.map { entry in
        guard let index = columns.firstIndex(of: entry.column) else {
          preconditionFailure("there is a column \(entry.column)")
        }
        return index
      }
      headings = summary.map(\.heading)
      isSummary = true
    case (.usual, nil), (.all, _):
      indices = Array(columns.indices)
      headings = columns
      isSummary = false
    case (.named(let names), _):
      var indices: [Int] = []
      for name in names {
        guard let index = columns.firstIndex(of: name) else {
          let suggestion = EditDistance.suggestion(for: name, among: columns)
          let advice = UsageError.didYouMean(suggestion)
          throw .invalid(
            name, for: OutputOptions.columns,
            "there is no such column" + (advice.isEmpty ? ": the table has " : advice + " It has ")
              + columns.joined(separator: ", "))
        }
        if indices.contains(index) {
          throw .invalid(
            names.joined(separator: ","), for: OutputOptions.columns, "\(name) is named twice")
        }
        indices.append(index)
      }
      self.indices = indices
      headings = names
      isSummary = false
    }
    isWhole = indices == Array(columns.indices)
  }

  /// That there are more columns, if a person cannot know.
  func remark(of columns: [String]) -> String? {
    guard isSummary else { return nil }
    return "'\(OutputOptions.columns.dashedName) all' shows all \(columns.count) columns"
  }

  /// The fields of the columns.
  func fields<Field>(of row: [Field]) -> [Field] {
    isWhole ? row : indices.map { row[$0] }
  }
}
