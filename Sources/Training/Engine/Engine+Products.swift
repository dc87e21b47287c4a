// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels

extension Engine {
  /// A factor of a product, as it is or transposed.
  package enum Factor {
    case plain(Matrix)
    case transposed(Matrix)

    var rows: Int {
      switch self {
      case .plain(let matrix): matrix.rows
      case .transposed(let matrix): matrix.columns
      }
    }

    var columns: Int {
      switch self {
      case .plain(let matrix): matrix.columns
      case .transposed(let matrix): matrix.rows
      }
    }

    /// How many floats lie between neighbours in a column, and in a row.
    var strides: (row: Int, column: Int) {
      switch self {
      case .plain(let matrix): (matrix.columns, 1)
      case .transposed(let matrix): (1, matrix.columns)
      }
    }

    @unsafe var pointer: UnsafeMutablePointer<Float> {
      switch self {
      case .plain(let matrix), .transposed(let matrix): unsafe matrix.pointer
      }
    }
  }

  /// C = A B, or C += A B.
  ///
  /// - Parameters:
  ///   - a: (M, K).
  ///   - b: (K, N).
  ///   - c: (M, N), in other memory.
  ///   - accumulates: Whether the product is added to C or replaces it.
  /// - Complexity: O(M N K).
  package func multiply(_ a: Factor, _ b: Factor, into c: Matrix, accumulates: Bool = false) {
    let (rows, columns, depth) = (c.rows, c.columns, a.columns)
    precondition(
      a.rows == rows && b.rows == depth && b.columns == columns,
      "(\(a.rows), \(depth)) times (\(b.rows), \(b.columns)) is not (\(rows), \(columns))")
    let (aStrides, bStrides) = (a.strides, b.strides)
    nonisolated(unsafe) let (a, b, c) = unsafe (a.pointer, b.pointer, c.pointer)
    // 100 operations a nanosecond; the longer side is divided, in whole tiles.
    let isTall = rows >= columns
    let count = isTall ? rows : columns
    let cost = 0.02 * Double(depth) * Double(isTall ? columns : rows)
    divide(count, grain: isTall ? 6 : Kernels.widestTile, cost: cost) { part, range in
      let rowRange = isTall ? range : 0..<rows
      let columnRange = isTall ? 0..<columns : range
      unsafe kernels.multiply(
        rows: rowRange.count, columns: columnRange.count, depth: depth,
        a: a + rowRange.lowerBound * aStrides.row, aRow: aStrides.row, aDepth: aStrides.column,
        b: b + columnRange.lowerBound * bStrides.column,
        bDepth: bStrides.row, bColumn: bStrides.column,
        c: c + (rowRange.lowerBound * columns + columnRange.lowerBound), cRow: columns,
        accumulates: accumulates, workspace: workspace(part).pointer)
    }
  }

  /// The sum over i of a[i] b[i] of two vectors of the same length.
  func dotProduct(_ a: FloatVector, _ b: FloatVector) -> Float {
    precondition(a.count == b.count, "\(a.count) by \(b.count)")
    return unsafe kernels.dotProduct(a.pointer, b.pointer, count: a.count)
  }

  /// Adds the sum of each column of a matrix to an element of `sums`.
  func addColumnSums(_ matrix: Matrix, to sums: FloatVector) {
    precondition(sums.count == matrix.columns, "\(sums.count) sums of \(matrix.columns) columns")
    let (rows, stride) = (matrix.rows, matrix.columns)
    nonisolated(unsafe) let (matrix, sums) = unsafe (matrix.pointer, sums.pointer)
    divide(stride, grain: 16, cost: 0.1 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.addColumnSums(
        matrix + start, rows: rows, columns: range.count, stride: stride, to: sums + start)
    }
  }
}
