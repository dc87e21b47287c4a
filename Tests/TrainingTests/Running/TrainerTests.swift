// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Testing

@testable import Training

@Suite struct TrainerTests {
  private func trainer(
    _ configuration: TrainingConfiguration, threadCount: Int = 1,
    instructionSet: InstructionSet = .best
  ) throws -> Trainer {
    try Trainer(
      configuration: configuration, data: .small(),
      engine: Engine(instructionSet: instructionSet, threadCount: threadCount))
  }

  @Test(arguments: ContrastiveLoss.allCases)
  func `a run is a function of its configuration, whatever the number of threads`(
    loss: ContrastiveLoss
  ) throws {
    var configuration = TrainingConfiguration.small()
    configuration.loss = loss
    for sets in InstructionSet.availableByArithmetic {
      let results = try sets.flatMap { set in
        try [1, 1, 2, 3].map { count in
          let trainer = try trainer(configuration, threadCount: count, instructionSet: set)
          let losses = (0..<2).map { _ in trainer.runEpoch() }
          return (losses, trainer.encoder.parameters.elements, trainer.encoder.state.elements)
        }
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(sets)")
    }
  }

  @Test func `a run on texts too is a function of its configuration, and chunks`() throws {
    for kind in OptimizerKind.allCases {
      var configuration = TrainingConfiguration.smallTexts()
      configuration.optimizer = kind
      configuration.chunk = kind == .adam ? 4 : nil
      let data = try DataSet.smallTexts()
      for sets in InstructionSet.availableByArithmetic {
        let results = sets.flatMap { set in
          [1, 2, 3].map { count in
            let trainer = Trainer(
              configuration: configuration, data: data,
              engine: Engine(instructionSet: set, threadCount: count))
            let losses = (0..<2).map { _ in trainer.runEpoch() }
            return (losses, trainer.encoder.parameters.elements, trainer.encoder.state.elements)
          }
        }
        #expect(results.allSatisfy { $0 == results[0] }, "\(sets), \(kind)")
      }
    }
  }

  @Test func `gradients of a batch of texts are those of central differences`() throws {
    let trainer = Trainer(
      configuration: .smallTexts(draws: 7), data: try .smallTexts(), engine: Engine())
    let items = [3, 1, 4, 15, 9, 2, 6]
    let gradients = FloatVector(trainer.lossAndGradients(items: items).gradients.elements)
    let error = largestGradientError(
      trainer.encoder.parameters, gradient: gradients, step: 0.0005
    ) { trainer.lossAndGradients(items: items).loss }
    #expect(error < 2e-2)
    #expect(gradients.elements[0..<305].contains { abs($0) > 0.01 })
  }

  @Test func `every epoch goes through all images in an order of its own`() throws {
    let orders = try (0..<4).map { try trainer(.small()).order(epoch: $0) }
    #expect(Set(orders).count == 4 && orders.allSatisfy { $0.sorted() == Array(0..<30) })
    var configuration = TrainingConfiguration.small()
    configuration.seed = 8
    #expect(try trainer(configuration).order(epoch: 0) != orders[0])
  }

  @Test func `training on texts brings those of a class together`() throws {
    var configuration = TrainingConfiguration.smallTexts(draws: 10, epochs: 20)
    configuration.learningRate = 0.5
    let data = try DataSet.smallTexts(training: 60)
    let trainer = Trainer(configuration: configuration, data: data, engine: Engine())
    for _ in 0..<20 { trainer.runEpoch() }
    let measured = try FeatureMeasurement(
      configuration, data: data,
      extractor: FeatureExtractor(encoder: trainer.encoder, engine: Engine())
    ).run()
    #expect(try #require(measured[.meanClassifierAccuracy]).value > 0.6)
  }

  @Test func `training lowers the loss`() throws {
    let trainer = try trainer(.small(epochs: 15))
    let losses = (0..<15).map { _ in trainer.runEpoch() }
    #expect(losses[14] < losses[0] - 0.1)
    #expect(trainer.epoch == 15 && trainer.optimizer.stepCount == 75)
  }

  @Test func `every step of an epoch is reported`() throws {
    let trainer = try trainer(.small())
    var (steps, total): ([Int], Double) = ([], 0)
    let mean = trainer.runEpoch { step, loss in
      steps.append(step)
      total += loss
    }
    #expect(steps == [0, 1, 2, 3, 4])
    #expect(abs(mean - total / 5) < 1e-12)
  }

  /// An encoder without batch normalisation, whose gradients do not depend on chunks.
  private func linear(chunk: Int?, loss: ContrastiveLoss) -> TrainingConfiguration {
    var configuration = TrainingConfiguration.small(draws: 7)
    configuration.shape = EncoderShape(backbone: [], head: [4])
    configuration.chunk = chunk
    configuration.loss = loss
    return configuration
  }

  @Test(arguments: ContrastiveLoss.allCases)
  func `chunks of any size give the gradients of the whole batch`(loss: ContrastiveLoss) throws {
    let items = [3, 1, 4, 15, 9, 2, 6]
    let whole = try trainer(linear(chunk: nil, loss: loss)).lossAndGradients(items: items)
    let expected = whole.gradients.elements
    #expect(expected.contains { abs($0) > 0.01 })
    for chunk in [1, 2, 3, 6, 7, 100] {
      let found = try trainer(linear(chunk: chunk, loss: loss)).lossAndGradients(items: items)
      // Features of a row do not depend on the other rows: the very same loss.
      #expect(found.loss == whole.loss, "chunks of \(chunk)")
      let worst = zip(found.gradients.elements, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(worst < 1e-6, "chunks of \(chunk)")
    }
  }

  @Test(arguments: ContrastiveLoss.allCases)
  func `chunks have the statistics of the whole batch`(loss: ContrastiveLoss) throws {
    let items = [3, 1, 4, 15, 9, 2, 6]
    var configuration = TrainingConfiguration.small(draws: 7)
    // Three batch normalisations one after another.
    configuration.shape = EncoderShape(backbone: [8, 7], head: [6, 4])
    configuration.loss = loss
    func results(chunk: Int?) throws -> (loss: Double, gradients: [Float], state: [Float]) {
      configuration.chunk = chunk
      let trainer = try trainer(configuration, threadCount: 2)
      // Twice, for what is kept of the first batch must not matter.
      _ = trainer.lossAndGradients(items: items.reversed())
      let (loss, gradients) = trainer.lossAndGradients(items: items)
      return (loss, gradients.elements, trainer.encoder.state.elements)
    }
    let whole = try results(chunk: nil)
    #expect(whole.gradients.contains { abs($0) > 0.01 })
    for chunk in [1, 2, 3, 6] {
      let found = try results(chunk: chunk)
      #expect(abs(found.loss - whole.loss) < 1e-5, "chunks of \(chunk)")
      for (one, other) in [(found.gradients, whole.gradients), (found.state, whole.state)] {
        let worst = zip(one, other).map { abs($0 - $1) / (1 + abs($1)) }.max() ?? 1
        #expect(worst < 1e-5, "chunks of \(chunk)")
      }
    }
  }

  @Test func `with batch normalisation in chunks, gradients are those of central differences`()
    throws
  {
    var configuration = TrainingConfiguration.small(draws: 7)
    configuration.chunk = 3
    let trainer = try trainer(configuration)
    let items = [3, 1, 4, 15, 9, 2, 6]
    let gradients = FloatVector(trainer.lossAndGradients(items: items).gradients.elements)
    // Of every tensor the first few parameters.
    let ranges = [0..<6, 96..<100, 104..<108, 112..<118, 160..<163, 172..<176, 196..<200]
    for range in ranges {
      let error = largestGradientError(
        trainer.encoder.parameters[range], gradient: gradients[range], step: 0.0005
      ) { trainer.lossAndGradients(items: items).loss }
      #expect(error < 2e-2, "\(range)")
    }
  }

  @Test func `running statistics follow every batch once`() throws {
    let items = [3, 1, 4, 15, 9, 2, 6]
    var configuration = TrainingConfiguration.small(draws: 7)
    configuration.chunk = 4
    let trainer = try trainer(configuration)
    _ = trainer.lossAndGradients(items: items)
    // The variance of the first feature began at 1 and moved by a tenth, once.
    #expect(trainer.encoder.state[8] > 0.9 - 1e-6)
  }
}
