// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Copies rows of a matrix, in the order of `indices`.
///
/// - Parameters:
///   - matrix: (any, columns), contiguous.
///   - indices: (count); rows of the matrix.
///   - result: (count, columns).
@inline(never)
public func gatherRows(
  _ matrix: UnsafePointer<Float>, columns: Int, indices: UnsafePointer<Int>, count: Int,
  into result: UnsafeMutablePointer<Float>
) {
  for row in 0..<count {
    let source = unsafe matrix + indices[row] * columns
    unsafe (result + row * columns).update(from: source, count: columns)
  }
}

/// Replaces rows of scores by the derivative of their mean cross-entropy: soft-max, less 1 at the
/// label, over the number of rows.
///
/// - Parameters:
///   - scores: (rows, columns), contiguous.
///   - labels: (rows); columns.
@inline(never)
public func crossEntropyBackward(
  _ scores: UnsafeMutablePointer<Float>, rows: Int, columns: Int, labels: UnsafePointer<Int>
) {
  let scale = 1 / Float(rows)
  for i in 0..<rows {
    let row = unsafe scores + i * columns
    _ = unsafe softMax(row, count: columns, factor: 1, scale: scale)
    unsafe row[labels[i]] -= scale
  }
}
