// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

@Suite struct MomentumGradientTests {
  /// The fixed numbers of the reference.
  private func numbers(_ count: Int, salt: Int) -> [Float] {
    (0..<count).map { Float(Double(($0 * 7919 + salt * 104_729) % 1000) / 1000 - 0.5) }
  }

  private let shape = EncoderShape(backbone: [8], head: [8, 4])

  /// As `References/reference-moco-steps.py` begins.
  private func gradient(chunkSize: Int = 7, engine: Engine) -> MomentumGradient {
    let encoder = Encoder(shape: shape, inputWidth: 6, seed: 1)
    let (ones, zeros) = ([Float](repeating: 1, count: 8), [Float](repeating: 0, count: 8))
    let first = numbers(48, salt: 1) + ones + zeros
    let second = numbers(64, salt: 3) + ones + zeros
    encoder.parameters.copy(
      FloatVector(first + second + numbers(32, salt: 5) + numbers(4, salt: 6)))
    var settings = MomentumContrast()
    settings.batchSize = 7
    settings.momentum = 0.9
    let gradient = MomentumGradient(
      encoder: encoder, keyEncoder: Encoder(shape: shape, inputWidth: 6, seed: 2),
      settings: settings, temperature: 0.5, queueCount: 10, chunkSize: chunkSize,
      engine: engine)
    gradient.queue.elements.copy(FloatVector(numbers(40, salt: 300)))
    engine.normalizeRows(gradient.queue, into: gradient.queue, lengths: FloatVector(count: 10))
    return gradient
  }

  private func fill(_ step: Int) -> (Range<Int>, Matrix) -> Void {
    let views = Matrix(FloatVector(numbers(84, salt: 100 + step)), rows: 14, columns: 6)
    return { items, rows in
      let count = items.count
      for (index, item) in items.enumerated() {
        rows[row: index].copy(views[row: item])
        rows[row: count + index].copy(views[row: 7 + item])
      }
    }
  }

  @Test func `twenty steps have the losses that an independent implementation recorded`() {
    let expected = ReferenceFile.rows(of: "reference-moco-steps.csv").map {
      Double($0.split(separator: ",")[1]) ?? .nan
    }
    #expect(expected.count == 20)
    let schedule = LearningRateSchedule(peak: 0.05, warmUpSteps: 3, stepCount: 20)
    for engine in Engine.variants {
      let gradient = gradient(engine: engine)
      let optimizer = Optimizer(kind: .sgd, weightDecay: 0.01, tensors: gradient.encoder.tensors)
      let values = (0..<20).map { step in
        let value = gradient.evaluate(fill: fill(step))
        optimizer.step(
          parameters: gradient.encoder.parameters, gradients: gradient.gradients,
          learningRate: schedule.rate(step: step), engine: engine)
        gradient.finishStep()
        return value
      }
      let worst = zip(values, expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst < 1e-5, "\(engine.instructionSet): \(worst)")
      #expect(gradient.oldest == 0)
      gradient.resume(stepCount: 19)
      #expect(gradient.oldest == 3)
    }
  }

  @Test(arguments: [7, 3])
  func `gradients are those of central differences, through the queries alone`(chunkSize: Int) {
    let gradient = gradient(chunkSize: chunkSize, engine: Engine())
    _ = gradient.evaluate(fill: fill(0))
    let found = FloatVector(gradient.gradients.elements)
    let error = largestGradientError(
      gradient.encoder.parameters, gradient: found, step: 0.0005
    ) { gradient.evaluate(fill: fill(0)) }
    #expect(error < 2e-2)
    #expect(found.elements.contains { abs($0) > 0.05 })
  }

  @Test func `keys replace the oldest of the queue, and the other encoder follows`() {
    let engine = Engine()
    let gradient = gradient(engine: engine)
    let before = gradient.queue.elements.elements
    _ = gradient.evaluate(fill: fill(0))
    gradient.encoder.parameters[0] += 1
    let (own, follower) = (gradient.encoder.parameters[0], gradient.keyEncoder.parameters[0])
    gradient.finishStep()
    let after = gradient.queue.elements.elements
    #expect(after[28...] == before[28...] && gradient.oldest == 7)
    #expect((0..<7).allSatisfy { after[$0 * 4..<$0 * 4 + 4] != before[$0 * 4..<$0 * 4 + 4] })
    #expect(abs(gradient.keyEncoder.parameters[0] - (0.9 * follower + 0.1 * own)) < 1e-6)
  }

  private func configuration(draws: Int = 12, epochs: Int = 4) -> TrainingConfiguration {
    var configuration = TrainingConfiguration.small(draws: draws, epochs: epochs)
    configuration.momentumContrast = MomentumContrast()
    configuration.momentumContrast?.batchSize = 5
    return configuration
  }

  @Test(arguments: [7, 3])
  func `at first statistics are those of the data, and the queue is of its features`(
    chunkSize: Int
  ) {
    let gradient = gradient(chunkSize: chunkSize, engine: Engine())
    var random = RandomNumbers(680)
    let views = random.matrix(40, 6)
    for index in 0..<240 { views.elements[index] = views.elements[index] * 0.5 + 2 }
    gradient.begin { positions, rows in
      for (row, position) in positions.enumerated() {
        rows[row: row].copy(views[row: position % 40])
      }
    }
    let state = gradient.keyEncoder.state.elements
    #expect(state == gradient.encoder.state.elements)
    // The first layer's means are those of its products, to what 0.9^32 and batches leave.
    let products = Matrix(rows: 40, columns: 8)
    Engine().multiply(
      .plain(views), .plain(Matrix(gradient.encoder.parameters[0..<48], rows: 6, columns: 8)),
      into: products)
    for j in 0..<8 {
      let mean = (0..<40).reduce(Float(0)) { $0 + products[$1, j] } / 40
      #expect(abs(state[j] - mean) < 0.1 + 0.05 * abs(mean))
    }
    let tape = Tape(layers: gradient.keyEncoder.layers, rows: 10, hasGradients: false)
    let expected = gradient.keyEncoder.forward(
      views[rows: 0..<10], tape: tape, mode: .evaluation, engine: Engine())
    #expect(gradient.queue.elements.elements == expected.elements.elements)
  }

  @Test func `training by momentum contrast keeps features apart`() throws {
    var configuration = configuration(draws: 31, epochs: 30)
    configuration.learningRate = 0.1
    let trainer = Trainer(configuration: configuration, data: try .small(), engine: Engine())
    let losses = (0..<30).map { _ in trainer.runEpoch() }
    #expect(losses[29] < losses[0] - 0.1)
  }

  @Test(arguments: [true, false])
  func `a run is the same with any number of threads, and continued from a checkpoint`(
    isText: Bool
  ) throws {
    var configuration = configuration()
    if isText { configuration.shape = TrainingConfiguration.smallTexts().shape }
    let data = try isText ? DataSet.smallTexts() : .small()
    func bytes(_ trainer: Trainer) -> [UInt8] { Checkpoint(trainer).bytes }
    for set in InstructionSet.available {
      func trainer(_ threads: Int = 1) -> Trainer {
        Trainer(
          configuration: configuration, data: data,
          engine: Engine(instructionSet: set, threadCount: threads))
      }
      let runs = [1, 2, 3].map { threads in
        let trainer = trainer(threads)
        for _ in 0..<4 { trainer.runEpoch() }
        return bytes(trainer)
      }
      #expect(runs[1] == runs[0] && runs[2] == runs[0])
      // Three epochs of six batches leave the queue of 11 in its middle.
      let first = trainer()
      for _ in 0..<3 { first.runEpoch() }
      let second = trainer()
      try Checkpoint(bytes(first), source: "c").restore(second, source: "c")
      #expect(second.momentumGradient?.oldest == 90 % 11)
      second.runEpoch()
      #expect(bytes(second) == runs[0])
    }
  }

  @Test func `the queue may be longer than the data, what is measured has K + 1 draws`() throws {
    var configuration = configuration(draws: 41, epochs: 2)
    configuration.sampling = .withReplacement
    let found = try Experiment(
      data: .small(), configurations: [configuration], checkpoints: nil, resumes: false,
      threadCount: 1
    ).run()
    #expect(found.map(\.draws) == [41])
    configuration.momentumContrast?.batchSize = 31
    #expect(
      throws: DataError(source: "small", problem: "a batch of 31 exceeds the 30 training images")
    ) {
      _ = try Experiment(
        data: .small(), configurations: [configuration], checkpoints: nil, resumes: false,
        threadCount: 1)
    }
  }

  @Test func `65536 negatives of 64 features with images of 28 x 28 need less than 2 GiB`() {
    var configuration = TrainingConfiguration(
      draws: 65_537, seed: 1, epochs: 1,
      shape: EncoderShape(backbone: [512, 512], head: [256, 64]),
      augmentation: .things)
    configuration.momentumContrast = MomentumContrast()
    #expect(
      4
        * Trainer.floatCount(
          configuration, image: ImageShape(height: 28, width: 28, channels: 1)) < 1 << 28)
  }

  @Test func `settings differ in the fingerprint`() {
    var other = configuration()
    other.momentumContrast?.momentum = 0.5
    var none = configuration()
    none.momentumContrast = nil
    let all = [configuration(), other, none].map(\.fingerprint)
    #expect(Set(all).count == 3)
    #expect(configuration().batchSize == 5 && none.batchSize == 12)
  }
}
