// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// Replaces rows of scores by the derivative of their mean cross-entropy: soft-max, less 1 at the
  /// label, over the number of rows.
  ///
  /// - Parameters:
  ///   - scores: (rows, columns), contiguous.
  ///   - labels: (rows); columns.
  @inline(never)
  package func crossEntropyBackward(
    _ scores: UnsafeMutablePointer<Float>, rows: Int, columns: Int, labels: UnsafePointer<Int>
  ) {
    let scale = 1 / Float(rows)
    for i in 0..<rows {
      let row = unsafe scores + i * columns
      _ = unsafe softMax(row, count: columns, factor: 1, scale: scale)
      unsafe row[labels[i]] -= scale
    }
  }
}
