// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A linear classifier of features: soft-max regression, trained by Adam in shuffled batches.
///
/// How well it does says how far classes are linearly separable, whatever their means.
struct LinearClassifier {
  /// Images in a batch.
  static let batchSize = 256
  /// The fewest steps.
  static let stepCount = 1500
  /// The fewest epochs.
  static let epochCount = 5
  static let learningRate = 0.01

  private let layer: DenseLayer
  private let parameters: FloatVector

  /// Trains a classifier.
  ///
  /// - Parameters:
  ///   - features: (M, d).
  ///   - labels: (M), less than `classCount`.
  ///   - seed: Of the orders.
  init(features: Matrix, labels: [Int], classCount: Int, seed: UInt64, engine: Engine) {
    layer = DenseLayer(inputWidth: features.columns, outputWidth: classCount, hasBias: true)
    parameters = FloatVector(count: layer.parameterCount)
    let gradients = FloatVector(count: layer.parameterCount)
    let optimizer = Optimizer(kind: .adam, weightDecay: 0, tensors: layer.tensors)
    let size = min(Self.batchSize, features.rows)
    let stepsPerEpoch = features.rows / size
    let epochs = max(Self.epochCount, (Self.stepCount + stepsPerEpoch - 1) / stepsPerEpoch)
    let schedule = LearningRateSchedule(
      peak: Self.learningRate, warmUpSteps: 0, stepCount: epochs * stepsPerEpoch)
    let input = Matrix(rows: size, columns: features.columns)
    let scores = Matrix(rows: size, columns: classCount)
    var order = Array(0..<features.rows)
    var generator = SplitMix64(keys: seed, 0x6C69_6E65_6172)
    for _ in 0..<epochs {
      generator.shuffle(&order)
      for start in stride(from: 0, to: stepsPerEpoch * size, by: size) {
        let items = Array(order[start..<start + size])
        engine.gather(features, rows: items, into: input)
        layer.forward(
          input, into: scores, memory: memory, mode: .training(updatesState: true), engine: engine)
        engine.crossEntropyBackward(scores, labels: items.map { labels[$0] })
        gradients.fill(0)
        layer.backward(
          input: input, output: scores, gradient: scores, into: nil, memory: memory,
          parameterGradients: gradients, engine: engine)
        optimizer.step(
          parameters: parameters, gradients: gradients,
          learningRate: schedule.rate(step: optimizer.stepCount), engine: engine)
      }
    }
  }

  private var memory: LayerMemory {
    LayerMemory(
      parameters: parameters, state: FloatVector(count: 0), saved: FloatVector(count: 0))
  }

  /// The share of images that are labelled correctly.
  func accuracy(features: Matrix, labels: [Int], engine: Engine) -> Double {
    let scores = Matrix(rows: features.rows, columns: layer.outputWidth)
    layer.forward(features, into: scores, memory: memory, mode: .evaluation, engine: engine)
    return scores.shareOfHits(labels: labels)
  }
}

extension Matrix {
  /// The share of rows whose largest element, the first of several, is in the column that `labels`
  /// names.
  func shareOfHits(labels: [Int]) -> Double {
    precondition(labels.count == rows && rows > 0, "\(labels.count) labels of \(rows) rows")
    var hits = 0
    for row in 0..<rows {
      var best = 0
      for column in 1..<max(1, columns) where self[row, column] > self[row, best] { best = column }
      if best == labels[row] { hits += 1 }
    }
    return Double(hits) / Double(rows)
  }
}
