// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// y = x W + b: B rows of D features to B rows of H.
///
/// Parameters: W, (D, H) row-major, then b, (H), if the layer has a bias; before a batch
/// normalisation a bias would have no effect. Both start uniform in +-1 / sqrt(D).
struct DenseLayer: Layer {
  let inputWidth: Int
  let outputWidth: Int
  let hasBias: Bool

  private var weightCount: Int { inputWidth * outputWidth }

  var tensors: [ParameterTensor] {
    let weights = ParameterTensor(count: weightCount, isWeight: true)
    return hasBias ? [weights, ParameterTensor(count: outputWidth, isWeight: false)] : [weights]
  }

  var stateCount: Int { 0 }
  var worksInPlace: Bool { false }

  func savedCount(rows: Int) -> Int { 0 }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {
    let bound = 1 / Double(inputWidth).squareRoot()
    for index in 0..<parameters.count {
      parameters[index] = Float(generator.uniform(-bound, bound))
    }
  }

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    engine.multiply(.plain(input), .plain(weights(memory.parameters)), into: output)
    if hasBias { engine.transformColumns(output, offset: bias(memory.parameters)) }
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    if let parameterGradients {
      engine.multiply(
        .transposed(input), .plain(gradient), into: weights(parameterGradients), accumulates: true)
      if hasBias { engine.addColumnSums(gradient, to: bias(parameterGradients)) }
    }
    if let inputGradient {
      engine.multiply(
        .plain(gradient), .transposed(weights(memory.parameters)), into: inputGradient)
    }
  }

  private func weights(_ parameters: FloatVector) -> Matrix {
    Matrix(parameters[0..<weightCount], rows: inputWidth, columns: outputWidth)
  }

  private func bias(_ parameters: FloatVector) -> FloatVector {
    parameters[weightCount..<weightCount + outputWidth]
  }
}
