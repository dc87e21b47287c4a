// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

extension Engine {
  /// Replaces negative values by 0; `output` may be `input`.
  func rectify(_ input: Matrix, into output: Matrix) {
    precondition(input.elements.count == output.elements.count, "rectify")
    nonisolated(unsafe) let (x, y) = unsafe (input.pointer, output.pointer)
    divide(input.elements.count, grain: 16, cost: 0.15) { _, range in
      let start = range.lowerBound
      unsafe kernels.rectify(x + start, count: range.count, into: y + start)
    }
  }

  /// Sets the gradient to 0 where the output of `rectify` is 0.
  func rectifyBackward(output: Matrix, gradient: Matrix) {
    precondition(output.elements.count == gradient.elements.count, "rectifyBackward")
    nonisolated(unsafe) let (y, g) = unsafe (output.pointer, gradient.pointer)
    divide(output.elements.count, grain: 16, cost: 0.15) { _, range in
      let start = range.lowerBound
      unsafe kernels.rectifyBackward(output: y + start, count: range.count, gradient: g + start)
    }
  }

  /// Scales every row to length 1; `output` may be `input`.
  ///
  /// - Parameter lengths: (rows); receives the lengths.
  func normalizeRows(_ input: Matrix, into output: Matrix, lengths: FloatVector) {
    precondition(input.elements.count == output.elements.count, "normalizeRows")
    precondition(lengths.count == input.rows, "\(lengths.count) lengths of \(input.rows) rows")
    let columns = input.columns
    nonisolated(unsafe) let (x, y, l) = unsafe (input.pointer, output.pointer, lengths.pointer)
    divide(input.rows, cost: 0.3 * Double(columns)) { _, range in
      let start = range.lowerBound
      let at = start * columns
      unsafe kernels.normalizeRows(
        x + at, rows: range.count, columns: columns, into: y + at, lengths: l + start)
    }
  }

  /// Replaces the gradient with respect to the output of `normalizeRows` by that to its input.
  func normalizeRowsBackward(output: Matrix, lengths: FloatVector, gradient: Matrix) {
    precondition(output.elements.count == gradient.elements.count, "normalizeRowsBackward")
    precondition(lengths.count == output.rows, "\(lengths.count) lengths of \(output.rows) rows")
    let columns = output.columns
    nonisolated(unsafe) let (y, l, g) = unsafe (output.pointer, lengths.pointer, gradient.pointer)
    divide(output.rows, cost: 0.3 * Double(columns)) { _, range in
      let start = range.lowerBound
      let at = start * columns
      unsafe kernels.normalizeRowsBackward(
        output: y + at, lengths: l + start, rows: range.count, columns: columns, gradient: g + at)
    }
  }

  /// Replaces the values of one row by the soft-max of `factor` times them, times `scale`.
  ///
  /// - Returns: The log-sum-exp of `factor` times the values.
  package func softMax(_ row: FloatVector, factor: Float, scale: Float) -> Float {
    precondition(row.count >= 1 && factor > 0, "soft-max of \(row.count) values by \(factor)")
    return unsafe kernels.softMax(row.pointer, count: row.count, factor: factor, scale: scale)
  }

  /// The log-sum-exp of `factor` times the values of one row.
  func logSumExponential(_ row: FloatVector, factor: Float) -> Float {
    precondition(row.count >= 1 && factor > 0, "log-sum-exp of \(row.count) values by \(factor)")
    return unsafe kernels.logSumExponential(row.pointer, count: row.count, factor: factor)
  }

  /// Replaces all values by e to their power.
  package func exponentials(_ values: FloatVector) {
    unsafe kernels.exponentials(values.pointer, count: values.count)
  }

  /// Replaces all values, which are positive and normal, by their natural logarithms.
  func logarithms(_ values: FloatVector) {
    unsafe kernels.logarithms(values.pointer, count: values.count)
  }

  /// Replaces rows of scores by the derivative of their mean cross-entropy at `labels`.
  func crossEntropyBackward(_ scores: Matrix, labels: [Int]) {
    precondition(
      labels.count == scores.rows && labels.allSatisfy { 0 <= $0 && $0 < scores.columns },
      "crossEntropyBackward")
    unsafe labels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe kernels.crossEntropyBackward(
        scores.pointer, rows: scores.rows, columns: scores.columns, labels: base)
    }
  }
}
