// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

extension Engine {
  /// Computes the mean of the rows of a table that each bag names.
  ///
  /// - Parameters:
  ///   - bags: (B, S + 1): how many features, then the features, at most S.
  ///   - table: (N, D).
  ///   - output: (B, D); assigned.
  func embedBags(_ bags: Matrix, table: Matrix, into output: Matrix) {
    precondition(output.rows == bags.rows && output.columns == table.columns, "embedBags")
    checkBags(bags)
    let (width, columns, tableRows) = (bags.columns, table.columns, table.rows)
    nonisolated(unsafe) let (x, w) = unsafe (bags.pointer, table.pointer)
    nonisolated(unsafe) let y = unsafe output.pointer
    divide(bags.rows, cost: 0.1 * Double(width * columns)) { _, range in
      let start = range.lowerBound
      unsafe kernels.embedBags(
        x + start * width, count: range.count, bagStride: width, table: w, tableRows: tableRows,
        columns: columns, into: y + start * columns)
    }
  }

  /// Adds the gradient of `embedBags` with respect to the table.
  ///
  /// Columns are divided among threads, so that each element of the table is added to in the order
  /// of the bags.
  ///
  /// - Parameters:
  ///   - bags: As in `embedBags`.
  ///   - gradient: (B, D), with respect to the output.
  ///   - tableGradient: (N, D); accumulated into.
  func embedBagsBackward(_ bags: Matrix, gradient: Matrix, tableGradient: Matrix) {
    let stride = gradient.columns
    precondition(
      gradient.rows == bags.rows && tableGradient.columns == stride, "embedBagsBackward")
    checkBags(bags)
    let (count, width, tableRows) = (bags.rows, bags.columns, tableGradient.rows)
    nonisolated(unsafe) let (x, dy) = unsafe (bags.pointer, gradient.pointer)
    nonisolated(unsafe) let dw = unsafe tableGradient.pointer
    divide(stride, grain: 16, cost: 0.1 * Double(count * width)) { _, range in
      let start = range.lowerBound
      unsafe kernels.embedBagsBackward(
        x, count: count, bagStride: width, gradient: dy + start, columns: range.count,
        stride: stride, tableRows: tableRows, tableGradient: dw + start)
    }
  }

  /// Kernels read as many features as a bag says it has.
  private func checkBags(_ bags: Matrix) {
    for row in 0..<bags.rows {
      let size = bags[row, 0]
      precondition(size >= 0 && size <= Float(bags.columns - 1), "a bag of \(size) features")
    }
  }
}
