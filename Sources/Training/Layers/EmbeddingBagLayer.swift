// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// The mean of the embeddings of a text's features; the first layer of an encoder of texts.
///
/// A row of the input is a text as `TextFeatures` writes it: how many features, then their hashes.
/// Parameters: the embeddings, (N, D); feature f has row f modulo N. They start uniform in
/// +-1 / sqrt(D). Gradients are 0 except in the rows that a batch touches.
///
/// Reference: A. Joulin, E. Grave, P. Bojanowski and T. Mikolov, *Bag of tricks for efficient text
/// classification*, EACL 2017, arXiv 1607.01759.
struct EmbeddingBagLayer: Layer {
  let inputWidth: Int
  /// N.
  let rowCount: Int
  /// D.
  let width: Int

  var outputWidth: Int { width }

  var tensors: [ParameterTensor] {
    [ParameterTensor(count: rowCount * width, isWeight: true, sparseRowWidth: width)]
  }

  var stateCount: Int { 0 }
  var worksInPlace: Bool { false }

  func savedCount(rows: Int) -> Int { 0 }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {
    let bound = 1 / Double(width).squareRoot()
    for index in 0..<parameters.count {
      parameters[index] = Float(generator.uniform(-bound, bound))
    }
  }

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    engine.embedBags(input, table: table(memory.parameters), into: output)
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    precondition(inputGradient == nil, "features are whole numbers and have no gradient")
    guard let parameterGradients else { return }
    engine.embedBagsBackward(input, gradient: gradient, tableGradient: table(parameterGradients))
  }

  /// Inserts the rows that some texts read.
  func insertRows(readBy input: Matrix, into rows: TouchedRows) {
    for text in 0..<input.rows {
      let features = input[row: text]
      for index in 0..<Int(features[0]) { rows.insert(Int(features[1 + index]) % rowCount) }
    }
  }

  private func table(_ vector: FloatVector) -> Matrix {
    Matrix(vector, rows: rowCount, columns: width)
  }
}

extension FloatVector {
  /// Sets the gradients of an encoder to 0; of a table, its first layer, only the rows that were
  /// touched can differ from it, and then none is.
  func clear(table: EmbeddingBagLayer?, touched: TouchedRows?) {
    guard let table, let touched else { return fill(0) }
    let width = table.width
    for row in touched.indices { self[row * width..<(row + 1) * width].fill(0) }
    self[table.parameterCount..<count].fill(0)
    touched.removeAll()
  }
}
