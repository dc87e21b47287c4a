// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Trains one encoder: the state of a run between two steps.
final class Trainer {
  let configuration: TrainingConfiguration
  let data: DataSet
  let engine: Engine
  let encoder: Encoder
  let optimizer: Optimizer
  let schedule: LearningRateSchedule
  /// How many epochs are complete.
  private(set) var epoch = 0

  /// The following encoder and the queue, in training by momentum contrast.
  let momentumGradient: MomentumGradient?

  /// Where steps have their gradients from: `momentumGradient` if there is one.
  private let batch: any StepGradient

  /// A trainer at the beginning of a run.
  ///
  /// - Precondition: The batch is not larger than the training set; `Experiment` checks it.
  init(configuration: TrainingConfiguration, data: DataSet, engine: Engine) {
    self.configuration = configuration
    self.data = data
    self.engine = engine
    encoder = Encoder(
      shape: configuration.shape, image: data.rowShape, seed: configuration.seed)
    optimizer = Optimizer(
      kind: configuration.optimizer, weightDecay: Float(configuration.weightDecay),
      encoder: encoder)
    let n = configuration.batchSize
    let stepsPerEpoch = data.training.count / n
    precondition(stepsPerEpoch >= 1, "batches of \(n) of \(data.training.count)")
    schedule = LearningRateSchedule(
      peak: configuration.peakLearningRate,
      warmUpSteps: configuration.warmUpEpochs * stepsPerEpoch,
      stepCount: configuration.epochs * stepsPerEpoch)
    if let settings = configuration.momentumContrast {
      let keyEncoder = Encoder(
        shape: configuration.shape, image: data.rowShape, seed: configuration.seed)
      let gradient = MomentumGradient(
        encoder: encoder, keyEncoder: keyEncoder, settings: settings,
        temperature: Float(configuration.temperature), queueCount: configuration.draws - 1,
        chunkSize: configuration.chunkSize, engine: engine)
      (momentumGradient, batch) = (gradient, gradient)
    } else {
      momentumGradient = nil
      batch = BatchGradient(
        encoder: encoder, loss: configuration.loss, temperature: Float(configuration.temperature),
        imageCount: n, chunkSize: configuration.chunkSize, engine: engine)
    }
  }

  /// How many floats a trainer has.
  static func floatCount(_ configuration: TrainingConfiguration, image: ImageShape) -> Int {
    let layers = configuration.shape.layers(image).layers
    let parameterCount = layers.reduce(0) { $0 + $1.parameterCount }
    let own = parameterCount * (1 + configuration.optimizer.momentCount)
    if let settings = configuration.momentumContrast {
      return own
        + MomentumGradient.floatCount(
          layers: layers, settings: settings, queueCount: configuration.draws - 1,
          chunkSize: configuration.chunkSize)
    }
    return own
      + BatchGradient.floatCount(
        layers: layers, loss: configuration.loss, imageCount: configuration.draws,
        chunkSize: configuration.chunkSize)
  }

  /// Goes once through the training images in a random order, the last incomplete batch left out.
  ///
  /// - Parameter stepDone: Called after each step with its number in the epoch and its loss.
  /// - Returns: The mean loss of the steps.
  @discardableResult
  func runEpoch(stepDone: (_ step: Int, _ loss: Double) -> Void = { _, _ in }) -> Double {
    if epoch == 0 { momentumGradient?.begin(fill: writeQueueViews) }
    let order = order(epoch: epoch)
    let n = configuration.batchSize
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

  /// Writes views of the training items in their order, again and again, each time other views.
  private func writeQueueViews(_ positions: Range<Int>, into rows: Matrix) {
    let count = data.training.count
    var start = positions.lowerBound
    while start < positions.upperBound {
      let (pass, first) = start.quotientAndRemainder(dividingBy: count)
      let size = min(positions.upperBound - start, count - first)
      let from = start - positions.lowerBound
      ViewWriter(
        source: data.training, augmentation: configuration.augmentation, seed: configuration.seed,
        purpose: .queue, epoch: pass
      ).write(
        items: Array(first..<first + size)[...], view: 0, into: rows[rows: from..<from + size],
        engine: engine)
      start += size
    }
  }

  /// Takes one step on the given training images; the loss before it.
  private func takeStep(items: ArraySlice<Int>) -> Double {
    let loss = computeGradients(items: items)
    optimizer.step(
      parameters: encoder.parameters, gradients: batch.gradients,
      learningRate: schedule.rate(step: optimizer.stepCount), touched: batch.touched, engine: engine
    )
    batch.finishStep()
    return loss
  }

  /// Computes the loss of a batch and its gradient with respect to all parameters.
  private func computeGradients(items: ArraySlice<Int>) -> Double {
    let views = ViewWriter(
      source: data.training, augmentation: configuration.augmentation,
      seed: configuration.seed, purpose: .training, epoch: epoch)
    return batch.evaluate { images, rows in
      let first = items.startIndex + images.lowerBound
      let chunk = items[first..<first + images.count]
      for view in 0..<2 {
        let range = view * images.count..<(view + 1) * images.count
        views.write(items: chunk, view: view, into: rows[rows: range], engine: engine)
      }
    }
  }

  /// Loss and gradient of a batch at the present parameters, for tests.
  func lossAndGradients(items: [Int]) -> (loss: Double, gradients: FloatVector) {
    (computeGradients(items: items[...]), batch.gradients)
  }

  /// Continues after `epoch` epochs; parameters, state and moments are set by whoever read them.
  func resume(epoch: Int) {
    self.epoch = epoch
    let stepCount = epoch * (data.training.count / configuration.batchSize)
    optimizer.resume(stepCount: stepCount)
    momentumGradient?.resume(stepCount: stepCount)
  }
}
