// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How far a table has been written: the checks that all writers make on the order of their calls.
struct TableProgress {
  private enum Stage { case unbegun, begun, finished }

  private var stage = Stage.unbegun

  private(set) var columnCount = 0

  /// Records that the table begins with `columnCount` columns.
  mutating func begin(columnCount: Int) {
    precondition(stage == .unbegun, "a table begins once")
    precondition(columnCount > 0, "a table has at least one column")
    stage = .begun
    self.columnCount = columnCount
  }

  /// Checks that a row of `fieldCount` fields may follow.
  func append(fieldCount: Int) {
    precondition(stage == .begun, "rows come after begin(columns:) and before finish()")
    precondition(
      fieldCount == columnCount, "a row of \(fieldCount) fields in a table of \(columnCount)")
  }

  /// Records that the table ends.
  mutating func finish() {
    precondition(stage == .begun, "a table finishes once, after begin(columns:)")
    stage = .finished
  }
}
