// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

#if arch(x86_64)
  internal import KernelsV3
#endif

extension Engine {
  /// Normalises each of D features of B rows to `beta` and `gamma` by the rows' own statistics.
  ///
  /// - Parameters:
  ///   - input: (B, D).
  ///   - output: (B, D), in other memory.
  ///   - gamma, beta: (D).
  ///   - means, inverseDeviations: (D); receive the statistics.
  func normalizeBatch(
    _ input: Matrix, gamma: FloatVector, beta: FloatVector, epsilon: Float, into output: Matrix,
    means: FloatVector, inverseDeviations: FloatVector
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
      #if arch(x86_64)
        if usesV3 {
          return unsafe KernelsV3.normalizeBatch(
            x + start, rows: rows, columns: range.count, stride: stride, gamma: g + start,
            beta: b + start, epsilon: epsilon, into: y + start, means: m + start,
            inverseDeviations: d + start)
        }
      #endif
      unsafe Kernels.normalizeBatch(
        x + start, rows: rows, columns: range.count, stride: stride, gamma: g + start,
        beta: b + start, epsilon: epsilon, into: y + start, means: m + start,
        inverseDeviations: d + start)
    }
  }

  /// Replaces the gradient with respect to the output of `normalizeBatch` by that to its input.
  ///
  /// - Parameters:
  ///   - gradient: (B, D); dy on entry, dx on return.
  ///   - gammaGradient, betaGradient: (D); accumulated into.
  func normalizeBatchBackward(
    input: Matrix, gamma: FloatVector, means: FloatVector, inverseDeviations: FloatVector,
    gradient: Matrix, gammaGradient: FloatVector, betaGradient: FloatVector
  ) {
    let (rows, stride) = (input.rows, input.columns)
    precondition(gradient.rows == rows && gradient.columns == stride, "normalizeBatchBackward")
    precondition(
      [gamma, means, inverseDeviations, gammaGradient, betaGradient]
        .allSatisfy { $0.count == stride }, "normalizeBatchBackward")
    nonisolated(unsafe) let (x, dy) = unsafe (input.pointer, gradient.pointer)
    nonisolated(unsafe) let (g, m) = unsafe (gamma.pointer, means.pointer)
    nonisolated(unsafe) let d = unsafe inverseDeviations.pointer
    nonisolated(unsafe) let (dg, db) = unsafe (gammaGradient.pointer, betaGradient.pointer)
    divide(stride, grain: 16, cost: 0.6 * Double(rows)) { _, range in
      let start = range.lowerBound
      #if arch(x86_64)
        if usesV3 {
          return unsafe KernelsV3.normalizeBatchBackward(
            input: x + start, rows: rows, columns: range.count, stride: stride, gamma: g + start,
            means: m + start, inverseDeviations: d + start, gradient: dy + start,
            gammaGradient: dg + start, betaGradient: db + start)
        }
      #endif
      unsafe Kernels.normalizeBatchBackward(
        input: x + start, rows: rows, columns: range.count, stride: stride, gamma: g + start,
        means: m + start, inverseDeviations: d + start, gradient: dy + start,
        gammaGradient: dg + start, betaGradient: db + start)
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
      #if arch(x86_64)
        if usesV3 {
          return unsafe KernelsV3.transformColumns(
            start, rows: range.count, columns: columns, scale: s, offset: o)
        }
      #endif
      unsafe Kernels.transformColumns(
        start, rows: range.count, columns: columns, scale: s, offset: o)
    }
  }
}
