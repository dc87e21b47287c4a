// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Trains one encoder: the state of a run between two steps.
final class Trainer {
  let configuration: TrainingConfiguration
  let data: ImageDataSet
  let engine: Engine
  let encoder: Encoder
  let optimizer: Optimizer
  let schedule: LearningRateSchedule
  /// How many epochs are complete.
  private(set) var epoch = 0

  private let gradients: FloatVector
  private let tape: Tape
  /// Views of one chunk: view 0 of its images, then view 1.
  private let input: Matrix
  /// Features of the batch, and gradients with respect to them: view 0 of all, then view 1.
  private let features: Matrix
  private let featureGradients: Matrix
  private let chunkGradients: Matrix
  private let strip: FloatVector

  /// A trainer at the beginning of a run.
  ///
  /// - Precondition: The batch is not larger than the training set; `Experiment` checks it.
  init(configuration: TrainingConfiguration, data: ImageDataSet, engine: Engine) {
    self.configuration = configuration
    self.data = data
    self.engine = engine
    let (layers, backboneCount) = configuration.shape.layers(data.training.shape)
    var generator = SplitMix64(keys: configuration.seed)
    encoder = Encoder(layers: layers, backboneCount: backboneCount, generator: &generator)
    optimizer = Optimizer(
      kind: configuration.optimizer, weightDecay: Float(configuration.weightDecay),
      tensors: encoder.tensors)
    let n = configuration.draws
    let stepsPerEpoch = data.training.count / n
    precondition(stepsPerEpoch >= 1, "\(n) draws of \(data.training.count) images")
    schedule = LearningRateSchedule(
      peak: configuration.peakLearningRate,
      warmUpSteps: configuration.warmUpEpochs * stepsPerEpoch,
      stepCount: configuration.epochs * stepsPerEpoch)
    let rows = 2 * configuration.chunkSize
    gradients = FloatVector(count: encoder.parameters.count)
    tape = Tape(layers: layers, rows: rows)
    input = Matrix(rows: rows, columns: encoder.inputWidth)
    features = Matrix(rows: 2 * n, columns: encoder.outputWidth)
    featureGradients = Matrix(rows: 2 * n, columns: encoder.outputWidth)
    chunkGradients = Matrix(rows: rows, columns: encoder.outputWidth)
    strip = FloatVector(count: configuration.loss.stripCount(imageCount: n))
  }

  /// How many floats a trainer has.
  static func floatCount(_ configuration: TrainingConfiguration, image: ImageShape) -> Int {
    let layers = configuration.shape.layers(image).layers
    let parameterCount = layers.reduce(0) { $0 + $1.parameterCount }
    let (n, rows) = (configuration.draws, 2 * configuration.chunkSize)
    let width = configuration.shape.featureCount
    return parameterCount * (2 + configuration.optimizer.momentCount)
      + Tape.floatCount(layers: layers, rows: rows) + rows * (image.pixelCount + width)
      + 4 * n * width + configuration.loss.stripCount(imageCount: n)
  }

  /// Goes once through the training images in a random order, the last incomplete batch left out.
  ///
  /// - Parameter stepDone: Called after each step with its number in the epoch and its loss.
  /// - Returns: The mean loss of the steps.
  @discardableResult
  func runEpoch(stepDone: (_ step: Int, _ loss: Double) -> Void = { _, _ in }) -> Double {
    let order = order(epoch: epoch)
    let n = configuration.draws
    let stepCount = order.count / n
    var total = 0.0
    for step in 0..<stepCount {
      let loss = takeStep(items: order[step * n..<(step + 1) * n])
      total += loss
      stepDone(step, loss)
    }
    epoch += 1
    return total / Double(stepCount)
  }

  /// The training images in the order of an epoch.
  func order(epoch: Int) -> [Int] {
    var order = Array(0..<data.training.count)
    var generator = SplitMix64(keys: configuration.seed, UInt64(epoch) + 1)
    generator.shuffle(&order)
    return order
  }

  /// Takes one step on the given training images; the loss before it.
  private func takeStep(items: ArraySlice<Int>) -> Double {
    let loss = computeGradients(items: items)
    optimizer.step(
      parameters: encoder.parameters, gradients: gradients,
      learningRate: schedule.rate(step: optimizer.stepCount), engine: engine)
    return loss
  }

  /// Computes the loss of a batch and its gradient with respect to all parameters.
  ///
  /// In chunks: features of all chunks first, each tape overwritten by the next; then the gradient
  /// with respect to the features; then each chunk once more, forward and back. A batch of one
  /// chunk goes forward once.
  ///
  /// Reference: L. Gao et al., *Scaling deep contrastive learning batch size under memory limited
  /// setup*, RepL4NLP 2021.
  private func computeGradients(items: ArraySlice<Int>) -> Double {
    let n = items.count
    let size = configuration.chunkSize
    let chunks = stride(from: 0, to: n, by: size).map { $0..<min(n, $0 + size) }
    for chunk in chunks {
      let output = forward(items, chunk, updatesState: true)
      features[rows: chunk].elements.copy(output[rows: 0..<chunk.count].elements)
      features[rows: chunk.shifted(by: n)].elements.copy(
        output[rows: chunk.count..<2 * chunk.count].elements)
    }
    let loss = configuration.loss.evaluate(
      features: features, temperature: Float(configuration.temperature),
      gradients: featureGradients, strip: strip, engine: engine)
    gradients.fill(0)
    for chunk in chunks {
      if chunks.count > 1 { _ = forward(items, chunk, updatesState: false) }
      let outputGradient = chunkGradients[rows: 0..<2 * chunk.count]
      outputGradient[rows: 0..<chunk.count].elements.copy(featureGradients[rows: chunk].elements)
      outputGradient[rows: chunk.count..<2 * chunk.count].elements.copy(
        featureGradients[rows: chunk.shifted(by: n)].elements)
      encoder.backward(
        input: input[rows: 0..<2 * chunk.count], tape: tape, outputGradient: outputGradient,
        gradients: gradients, engine: engine)
    }
    return loss
  }

  /// The features of both views of the images of a chunk.
  private func forward(
    _ items: ArraySlice<Int>, _ chunk: Range<Int>, updatesState: Bool
  ) -> Matrix {
    let rows = input[rows: 0..<2 * chunk.count]
    let views = ViewWriter(
      images: data.training, whiteLevel: data.whiteLevel, augmentation: configuration.augmentation,
      seed: configuration.seed, purpose: .training, epoch: epoch)
    let first = items.startIndex + chunk.lowerBound
    let chunkItems = items[first..<first + chunk.count]
    views.write(items: chunkItems, view: 0, into: rows[rows: 0..<chunk.count], engine: engine)
    views.write(
      items: chunkItems, view: 1, into: rows[rows: chunk.count..<2 * chunk.count], engine: engine)
    return encoder.forward(
      rows, tape: tape, mode: .training(updatesState: updatesState), engine: engine)
  }

  /// Loss and gradient of a batch at the present parameters, for tests.
  func lossAndGradients(items: [Int]) -> (loss: Double, gradients: FloatVector) {
    (computeGradients(items: items[...]), gradients)
  }

  /// Continues after `epoch` epochs; parameters, state and moments are set by whoever read them.
  func resume(epoch: Int) {
    self.epoch = epoch
    optimizer.resume(stepCount: epoch * (data.training.count / configuration.draws))
  }
}

extension Range<Int> {
  /// The range `distance` further up.
  fileprivate func shifted(by distance: Int) -> Range<Int> {
    lowerBound + distance..<upperBound + distance
  }
}
