// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Batch normalisation of D features: by the statistics of the rows in training, by running ones in
/// evaluation.
///
/// Parameters: gamma, (D), at first 1, then beta, (D), at first 0. State: running mean and running
/// variance, (D) each; every training pass moves them by a tenth of the way to the mean and the
/// unbiased variance of its rows. Kept for the gradient: means and inverse deviations, (D) each.
///
/// Reference: S. Ioffe and C. Szegedy, *Batch normalization*, ICML 2015.
struct BatchNormalizationLayer: Layer {
  /// Added to the variance.
  static let epsilon: Float = 1e-5
  /// How far running statistics move in a step.
  static let rate: Float = 0.1

  let width: Int

  var inputWidth: Int { width }
  var outputWidth: Int { width }

  var tensors: [ParameterTensor] {
    let tensor = ParameterTensor(count: width, isWeight: false)
    return [tensor, tensor]
  }

  var stateCount: Int { 2 * width }
  var worksInPlace: Bool { true }

  func savedCount(rows: Int) -> Int { 2 * width }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {
    first(parameters).fill(1)
    second(parameters).fill(0)
    first(state).fill(0)
    second(state).fill(1)
  }

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    let (gamma, beta) = (first(memory.parameters), second(memory.parameters))
    switch mode {
    case .training(let updatesState):
      let (means, inverseDeviations) = (first(memory.saved), second(memory.saved))
      engine.normalizeBatch(
        input, gamma: gamma, beta: beta, epsilon: Self.epsilon, into: output, means: means,
        inverseDeviations: inverseDeviations)
      if updatesState {
        updateState(memory.state, means, inverseDeviations, rows: input.rows)
      }
    case .evaluation:
      let (scale, offset) = (FloatVector(count: width), FloatVector(count: width))
      for j in 0..<width {
        scale[j] = gamma[j] / (memory.state[width + j] + Self.epsilon).squareRoot()
        offset[j] = beta[j] - memory.state[j] * scale[j]
      }
      output.elements.copy(input.elements)
      engine.transformColumns(output, scale: scale, offset: offset)
    }
  }

  private func updateState(
    _ state: FloatVector, _ means: FloatVector, _ inverseDeviations: FloatVector, rows: Int
  ) {
    // A single row has no unbiased variance; its biased one, 0, is taken as it is.
    let correction = rows > 1 ? Float(rows) / Float(rows - 1) : 1
    for j in 0..<width {
      let inverse = inverseDeviations[j]
      let variance = max(0, 1 / (inverse * inverse) - Self.epsilon) * correction
      state[j] += Self.rate * (means[j] - state[j])
      state[width + j] += Self.rate * (variance - state[width + j])
    }
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector, engine: Engine
  ) {
    engine.normalizeBatchBackward(
      input: input, gamma: first(memory.parameters), means: first(memory.saved),
      inverseDeviations: second(memory.saved), gradient: gradient,
      gammaGradient: first(parameterGradients), betaGradient: second(parameterGradients))
  }

  private func first(_ vector: FloatVector) -> FloatVector { vector[0..<width] }

  private func second(_ vector: FloatVector) -> FloatVector { vector[width..<2 * width] }
}
