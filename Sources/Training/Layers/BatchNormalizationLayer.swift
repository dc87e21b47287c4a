// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Batch normalisation of D features: by the statistics of the batch in training, by running ones
/// in evaluation.
///
/// Parameters: gamma, (D), at first 1, then beta, (D), at first 0. State: running mean and running
/// variance, (D) each; every batch moves them by a tenth of the way to its mean and unbiased
/// variance. Kept for the gradient: means and inverse deviations, then room for the two sums of the
/// gradient, (D) each.
///
/// Reference: S. Ioffe and C. Szegedy, *Batch normalization*, ICML 2015.
struct BatchNormalizationLayer: BatchStatisticsLayer {
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

  func savedCount(rows: Int) -> Int { 4 * width }

  func initialize(parameters: FloatVector, state: FloatVector, generator: inout SplitMix64) {
    first(parameters).fill(1)
    second(parameters).fill(0)
    first(state).fill(0)
    second(state).fill(1)
  }

  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    forward(input, into: output, rectifies: false, memory: memory, mode: mode, engine: engine)
  }

  /// `forward`, and that of a rectifier thereafter if `rectifies`: the same bits in fewer sweeps.
  func forward(
    _ input: Matrix, into output: Matrix, rectifies: Bool, memory: LayerMemory, mode: LayerMode,
    engine: Engine
  ) {
    let (gamma, beta) = (first(memory.parameters), second(memory.parameters))
    let (means, inverseDeviations) = (first(memory.saved), second(memory.saved))
    switch mode {
    case .training(let updatesState):
      engine.normalizeBatch(
        input, gamma: gamma, beta: beta, epsilon: Self.epsilon, into: output, means: means,
        inverseDeviations: inverseDeviations, rectifies: rectifies)
      if updatesState {
        updateState(memory.state, means, inverseDeviations, rows: input.rows)
      }
    case .trainingPart:
      engine.normalizeColumns(
        input, gamma: gamma, beta: beta, means: means, inverseDeviations: inverseDeviations,
        into: output, rectifies: rectifies)
    case .evaluation:
      let (scale, offset) = (FloatVector(count: width), FloatVector(count: width))
      for j in 0..<width {
        scale[j] = gamma[j] / (memory.state[width + j] + Self.epsilon).squareRoot()
        offset[j] = beta[j] - memory.state[j] * scale[j]
      }
      output.elements.copy(input.elements)
      engine.transformColumns(output, scale: scale, offset: offset)
      if rectifies { engine.rectify(output, into: output) }
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
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    backward(
      input: input, gradient: gradient, rectified: false, memory: memory,
      parameterGradients: parameterGradients, engine: engine)
  }

  /// `backward`, in place, after that of a rectifier if `rectified`: the same bits in fewer sweeps.
  func backward(
    input: Matrix, gradient: Matrix, rectified: Bool, memory: LayerMemory,
    parameterGradients: FloatVector?, engine: Engine
  ) {
    beginSums(memory: memory)
    let sums = memory.saved[2 * width..<4 * width]
    add(input, gradient, memory, to: sums, rectified: rectified, engine)
    if let parameterGradients {
      for index in 0..<2 * width { parameterGradients[index] += sums[index] }
    }
    propagate(input, gradient, batchRows: input.rows, memory, rectified: rectified, engine)
  }

  // MARK: - Batches in parts

  func beginStatistics(memory: LayerMemory) { memory.saved.fill(0) }

  func addStatistics(of input: Matrix, seen: Int, memory: LayerMemory, engine: Engine) {
    let (means, squares) = (first(memory.saved), second(memory.saved))
    let sums = memory.saved[2 * width..<4 * width]
    engine.columnMoments(input, means: first(sums), squares: second(sums))
    // With m rows after n: the mean moves by m / (n + m) of the difference d, and squared
    // deviations grow by those of the part and d^2 n m / (n + m).
    let share = Float(input.rows) / Float(seen + input.rows)
    for j in 0..<width {
      let difference = sums[j] - means[j]
      means[j] += difference * share
      squares[j] += sums[width + j] + difference * difference * share * Float(seen)
    }
  }

  func endStatistics(rows: Int, memory: LayerMemory) {
    let (means, inverseDeviations) = (first(memory.saved), second(memory.saved))
    for j in 0..<width {
      inverseDeviations[j] = 1 / (inverseDeviations[j] / Float(rows) + Self.epsilon).squareRoot()
    }
    updateState(memory.state, means, inverseDeviations, rows: rows)
  }

  func beginSums(memory: LayerMemory) { memory.saved[2 * width..<4 * width].fill(0) }

  func addSums(input: Matrix, gradient: Matrix, memory: LayerMemory, engine: Engine) {
    add(input, gradient, memory, to: memory.saved[2 * width..<4 * width], engine)
  }

  func backwardPart(
    input: Matrix, gradient: Matrix, batchRows: Int, memory: LayerMemory,
    parameterGradients: FloatVector?, engine: Engine
  ) {
    if let parameterGradients { add(input, gradient, memory, to: parameterGradients, engine) }
    propagate(input, gradient, batchRows: batchRows, memory, engine)
  }

  /// Adds sum dy xhat and sum dy over the rows at hand.
  private func add(
    _ input: Matrix, _ gradient: Matrix, _ memory: LayerMemory, to sums: FloatVector,
    rectified: Bool = false, _ engine: Engine
  ) {
    engine.addNormalizationSums(
      input: input, gamma: first(memory.parameters), beta: second(memory.parameters),
      means: first(memory.saved), inverseDeviations: second(memory.saved), gradient: gradient,
      products: first(sums), totals: second(sums), rectified: rectified)
  }

  /// Replaces dy by dx, with the sums kept.
  private func propagate(
    _ input: Matrix, _ gradient: Matrix, batchRows: Int, _ memory: LayerMemory,
    rectified: Bool = false, _ engine: Engine
  ) {
    let sums = memory.saved[2 * width..<4 * width]
    engine.normalizeBatchBackward(
      input: input, batchRows: batchRows, gamma: first(memory.parameters),
      beta: second(memory.parameters), means: first(memory.saved),
      inverseDeviations: second(memory.saved), gradient: gradient, products: first(sums),
      totals: second(sums), rectified: rectified)
  }

  private func first(_ vector: FloatVector) -> FloatVector { vector[0..<width] }

  private func second(_ vector: FloatVector) -> FloatVector { vector[width..<2 * width] }
}
