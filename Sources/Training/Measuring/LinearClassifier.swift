// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

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
  /// - Throws: `DataError` if features cannot be read.
  init(
    features: any FeatureRows, labels: [Int], classCount: Int, seed: UInt64, engine: Engine
  ) throws(DataError) {
    layer = DenseLayer(inputWidth: features.columns, outputWidth: classCount, hasBias: true)
    parameters = FloatVector(count: layer.parameterCount)
    let gradients = FloatVector(count: layer.parameterCount)
    let optimizer = Optimizer(kind: .adam, weightDecay: 0, tensors: layer.tensors)
    let size = min(Self.batchSize, features.rows)
    let stepsPerEpoch = features.rows / size
    let epochs = Self.epochCount(rows: features.rows)
    let schedule = LearningRateSchedule(
      peak: Self.learningRate, warmUpSteps: 0, stepCount: epochs * stepsPerEpoch)
    let input = Matrix(rows: size, columns: features.columns)
    let scores = Matrix(rows: size, columns: classCount)
    var order = Array(0..<features.rows)
    var generator = SplitMix64(keys: seed, 0x6C69_6E65_6172)
    for _ in 0..<epochs {
      generator.shuffle(&order)
      for start in stride(from: 0, to: stepsPerEpoch * size, by: size) {
        let items = order[start..<start + size]
        try features.copy(items, into: input)
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

  /// How many epochs `rows` rows are trained for.
  static func epochCount(rows: Int) -> Int {
    let stepsPerEpoch = rows / min(batchSize, rows)
    return max(epochCount, (stepCount + stepsPerEpoch - 1) / stepsPerEpoch)
  }

  /// How many floats training takes: parameters, gradients and two moments, a batch and its scores.
  static func floatCount(width: Int, classCount: Int) -> Double {
    let (d, c) = (Double(width), Double(classCount))
    return 4 * (d + 1) * c + Double(batchSize) * (d + c)
  }

  private var memory: LayerMemory {
    LayerMemory(
      parameters: parameters, state: FloatVector(count: 0), saved: FloatVector(count: 0))
  }

  /// The share of items that are labelled correctly.
  ///
  /// - Throws: `DataError` if features cannot be read.
  func accuracy(
    features: any FeatureRows, labels: [Int], engine: Engine
  ) throws(DataError) -> Double {
    try features.shareOfHits(labels: labels, classCount: layer.outputWidth) { rows, scores in
      layer.forward(rows, into: scores, memory: memory, mode: .evaluation, engine: engine)
    }
  }
}

extension FeatureRows {
  /// How many floats `shareOfHits` takes: a block of rows and their scores.
  static func scoringFloatCount(width: Int, classCount: Int) -> Double {
    Double(scanRows) * Double(width + classCount)
  }

  /// The share of items whose largest score, the first of several, is that of their class.
  ///
  /// - Parameters:
  ///   - labels: The class of each item.
  ///   - score: Writes the scores of a block of rows, (rows, classes).
  /// - Throws: `DataError` if features cannot be read.
  func shareOfHits(
    labels: [Int], classCount: Int, score: (_ rows: Matrix, _ scores: Matrix) -> Void
  ) throws(DataError) -> Double {
    precondition(labels.count == rows && rows > 0, "\(labels.count) labels of \(rows) rows")
    var hits = 0
    try forEachBlock { (items, block) throws(DataError) in
      let scores = Matrix(rows: block.rows, columns: classCount)
      score(block, scores)
      hits += items.count { scores.indexOfLargest(inRow: $0 - items.lowerBound) == labels[$0] }
    }
    return Double(hits) / Double(rows)
  }
}

extension Matrix {
  /// The column of the largest element of a row, the first of several.
  func indexOfLargest(inRow row: Int) -> Int {
    var best = 0
    for column in 1..<max(1, columns) where self[row, column] > self[row, best] { best = column }
    return best
  }
}
