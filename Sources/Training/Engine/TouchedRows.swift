// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The rows of a table that a batch reads: only they have a gradient, and only they move.
package final class TouchedRows {
  /// The rows, each once, in the order in which they were inserted.
  private(set) var indices: [Int] = []
  private var isTouched: [Bool]

  /// No row of `rowCount`.
  init(rowCount: Int) { isTouched = [Bool](repeating: false, count: rowCount) }

  /// Adds a row unless it is there.
  func insert(_ row: Int) {
    guard !isTouched[row] else { return }
    isTouched[row] = true
    indices.append(row)
  }

  /// Removes all rows.
  ///
  /// - Complexity: O(rows that are there).
  func removeAll() {
    for row in indices { isTouched[row] = false }
    indices.removeAll(keepingCapacity: true)
  }
}
