// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

extension Engine {
  /// Normalises each of D features of B rows to `beta` and `gamma` by the rows' own statistics.
  ///
  /// - Parameters:
  ///   - input: (B, D).
  ///   - output: (B, D), in other memory.
  ///   - gamma, beta: (D).
  ///   - means, inverseDeviations: (D); receive the statistics.
  ///   - rectifies: Whether negative outputs are replaced by 0, as by `rectify`.
  func normalizeBatch(
    _ input: Matrix, gamma: FloatVector, beta: FloatVector, epsilon: Float, into output: Matrix,
    means: FloatVector, inverseDeviations: FloatVector, rectifies: Bool = false
  ) {
    let (rows, stride) = (input.rows, input.columns)
    precondition(output.rows == rows && output.columns == stride, "normalizeBatch")
    precondition(
      [gamma, beta, means, inverseDeviations].allSatisfy { $0.count == stride }, "normalizeBatch")
    nonisolated(unsafe) let (x, y) = unsafe (input.pointer, output.pointer)
    nonisolated(unsafe) let (g, b) = unsafe (gamma.pointer, beta.pointer)
    nonisolated(unsafe) let (m, d) = unsafe (means.pointer, inverseDeviations.pointer)
    divide(stride, grain: 16, cost: 0.4 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.normalizeBatch(
        x + start, rows: rows, columns: range.count, stride: stride, gamma: g + start,
        beta: b + start, epsilon: epsilon, into: y + start, means: m + start,
        inverseDeviations: d + start, rectifies: rectifies)
    }
  }

  /// The mean of each column and the sum of squared deviations from it.
  ///
  /// - Parameters:
  ///   - input: (rows, D).
  ///   - means, squares: (D); assigned.
  func columnMoments(_ input: Matrix, means: FloatVector, squares: FloatVector) {
    let (rows, stride) = (input.rows, input.columns)
    precondition(means.count == stride && squares.count == stride, "columnMoments")
    nonisolated(unsafe) let x = unsafe input.pointer
    nonisolated(unsafe) let (m, s) = unsafe (means.pointer, squares.pointer)
    divide(stride, grain: 16, cost: 0.2 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.columnMoments(
        x + start, rows: rows, columns: range.count, stride: stride, means: m + start,
        squares: s + start)
    }
  }

  /// Normalises rows by statistics known beforehand; shapes as of `normalizeBatch`.
  func normalizeColumns(
    _ input: Matrix, gamma: FloatVector, beta: FloatVector, means: FloatVector,
    inverseDeviations: FloatVector, into output: Matrix, rectifies: Bool = false
  ) {
    let (rows, stride) = (input.rows, input.columns)
    precondition(output.rows == rows && output.columns == stride, "normalizeColumns")
    precondition(
      [gamma, beta, means, inverseDeviations].allSatisfy { $0.count == stride },
      "normalizeColumns")
    nonisolated(unsafe) let (x, y) = unsafe (input.pointer, output.pointer)
    nonisolated(unsafe) let (g, b) = unsafe (gamma.pointer, beta.pointer)
    nonisolated(unsafe) let (m, d) = unsafe (means.pointer, inverseDeviations.pointer)
    divide(stride, grain: 16, cost: 0.15 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.normalizeColumns(
        x + start, rows: rows, columns: range.count, stride: stride, gamma: g + start,
        beta: b + start, means: m + start, inverseDeviations: d + start, into: y + start,
        rectifies: rectifies)
    }
  }

  /// Adds the sums over rows of dy xhat and of dy, xhat being the normalised input: the gradients
  /// with respect to gamma and beta.
  ///
  /// - Parameters:
  ///   - gradient: dy, (rows, D).
  ///   - products, totals: (D); accumulated into.
  ///   - rectified: Whether dy is with respect to the rectified output.
  func addNormalizationSums(
    input: Matrix, gamma: FloatVector, beta: FloatVector, means: FloatVector,
    inverseDeviations: FloatVector, gradient: Matrix, products: FloatVector, totals: FloatVector,
    rectified: Bool = false
  ) {
    let (rows, stride) = (input.rows, input.columns)
    precondition(gradient.rows == rows && gradient.columns == stride, "addNormalizationSums")
    precondition(
      [gamma, beta, means, inverseDeviations, products, totals].allSatisfy { $0.count == stride },
      "addNormalizationSums")
    nonisolated(unsafe) let (x, dy) = unsafe (input.pointer, gradient.pointer)
    nonisolated(unsafe) let (g, b) = unsafe (gamma.pointer, beta.pointer)
    nonisolated(unsafe) let (m, d) = unsafe (means.pointer, inverseDeviations.pointer)
    nonisolated(unsafe) let (p, t) = unsafe (products.pointer, totals.pointer)
    divide(stride, grain: 16, cost: 0.2 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.addNormalizationSums(
        input: x + start, rows: rows, columns: range.count, stride: stride, means: m + start,
        inverseDeviations: d + start, gradient: dy + start, products: p + start, totals: t + start,
        gamma: g + start, beta: b + start, rectified: rectified)
    }
  }

  /// Replaces the gradient with respect to the output of `normalizeBatch` by that to its input.
  ///
  /// - Parameters:
  ///   - input: (rows, D), all rows of a batch of B or some.
  ///   - batchRows: B.
  ///   - gradient: dy on entry, dx on return; (rows, D).
  ///   - products, totals: The sums of `addNormalizationSums` over the batch.
  ///   - rectified: Whether dy is with respect to the rectified output.
  func normalizeBatchBackward(
    input: Matrix, batchRows: Int, gamma: FloatVector, beta: FloatVector, means: FloatVector,
    inverseDeviations: FloatVector, gradient: Matrix, products: FloatVector, totals: FloatVector,
    rectified: Bool = false
  ) {
    let (rows, stride) = (input.rows, input.columns)
    precondition(gradient.rows == rows && gradient.columns == stride, "normalizeBatchBackward")
    precondition(
      [gamma, beta, means, inverseDeviations, products, totals].allSatisfy { $0.count == stride },
      "normalizeBatchBackward")
    nonisolated(unsafe) let (x, dy) = unsafe (input.pointer, gradient.pointer)
    nonisolated(unsafe) let (g, b) = unsafe (gamma.pointer, beta.pointer)
    nonisolated(unsafe) let (m, d) = unsafe (means.pointer, inverseDeviations.pointer)
    nonisolated(unsafe) let (p, t) = unsafe (products.pointer, totals.pointer)
    divide(stride, grain: 16, cost: 0.3 * Double(rows)) { _, range in
      let start = range.lowerBound
      unsafe kernels.normalizeBatchBackward(
        input: x + start, rows: rows, columns: range.count, stride: stride, batchRows: batchRows,
        gamma: g + start, beta: b + start, means: m + start, inverseDeviations: d + start,
        gradient: dy + start, products: p + start, totals: t + start, rectified: rectified)
    }
  }

  /// Replaces x by x * scale + offset in every row; without a scale it is 1.
  func transformColumns(_ matrix: Matrix, scale: FloatVector? = nil, offset: FloatVector) {
    let columns = matrix.columns
    precondition(offset.count == columns && scale?.count ?? columns == columns, "transformColumns")
    nonisolated(unsafe) let x = unsafe matrix.pointer
    nonisolated(unsafe) let (s, o) = unsafe (scale?.pointer, offset.pointer)
    divide(matrix.rows, cost: 0.15 * Double(columns)) { _, range in
      let start = unsafe x + range.lowerBound * columns
      unsafe kernels.transformColumns(
        start, rows: range.count, columns: columns, scale: s, offset: o)
    }
  }
}
