// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What an encoder computes on the way, kept for the way back: outputs, gradients, statistics.
final class Tape {
  /// How many rows fit.
  let rows: Int
  /// What each layer keeps.
  let saved: [FloatVector]

  private let outputs: [FloatVector]
  private let widths: [Int]
  /// Two that take turns: a layer reads one and writes the other.
  private let gradients: [FloatVector]

  /// A tape for passes of at most `rows` rows; without gradients for evaluation only.
  init(layers: [any Layer], rows: Int, hasGradients: Bool = true) {
    precondition(rows >= 1, "a tape of \(rows) rows")
    self.rows = rows
    widths = layers.map(\.outputWidth)
    outputs = widths.map { FloatVector(count: rows * $0) }
    saved = layers.map { FloatVector(count: $0.savedCount(rows: rows)) }
    let widest = layers.map(\.inputWidth).dropFirst().max() ?? 0
    gradients = (0..<2).map { _ in FloatVector(count: hasGradients ? rows * widest : 0) }
  }

  /// How many floats a tape has, with those that an engine of two threads works in.
  static func floatCount(layers: [any Layer], rows: Int, hasGradients: Bool = true) -> Int {
    let outputs = layers.reduce(0) { $0 + rows * $1.outputWidth + $1.savedCount(rows: rows) }
    let widest = layers.map(\.inputWidth).dropFirst().max() ?? 0
    let scratch = layers.map { $0.scratchCount(rows: rows, threadCount: 2) }.max() ?? 0
    return outputs + scratch + (hasGradients ? 2 * rows * widest : 0)
  }

  /// The output of layer `index`.
  func output(_ index: Int, rows: Int) -> Matrix {
    Matrix(outputs[index][0..<rows * widths[index]], rows: rows, columns: widths[index])
  }

  /// Where the gradient with respect to the input of a layer is written: one of two places.
  func gradient(_ turn: Int, of layer: any Layer, rows: Int) -> Matrix {
    let count = rows * layer.inputWidth
    return Matrix(gradients[turn][0..<count], rows: rows, columns: layer.inputWidth)
  }
}
