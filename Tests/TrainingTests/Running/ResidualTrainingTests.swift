// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct ResidualTrainingTests {
  private func trainer(
    chunk: Int? = nil, threadCount: Int = 1, instructionSet: InstructionSet = .best,
    learningRate: Double = 0.05
  ) throws -> Trainer {
    var configuration = TrainingConfiguration.small(draws: 6, epochs: 6)
    configuration.shape = EncoderShape(residual: .small)
    configuration.chunk = chunk
    configuration.learningRate = learningRate
    return try Trainer(
      configuration: configuration, data: .small(),
      engine: Engine(instructionSet: instructionSet, threadCount: threadCount))
  }

  @Test func `a run is a function of its configuration, whatever the number of threads`() throws {
    for sets in InstructionSet.availableByArithmetic {
      let results = try sets.flatMap { set in
        try [1, 2, 3].map { count in
          let trainer = try trainer(threadCount: count, instructionSet: set)
          let loss = trainer.runEpoch()
          return (loss, trainer.encoder.parameters.elements, trainer.encoder.state.elements)
        }
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(sets)")
    }
  }

  @Test func `training lowers the loss`() throws {
    let trainer = try trainer()
    let losses = (0..<6).map { _ in trainer.runEpoch() }
    #expect(losses[5] < losses[0] - 0.1)
  }

  @Test func `in chunks, channels are normalised by chunk, and gradients are of that loss`() throws
  {
    let items = [3, 1, 4, 15, 9, 2]
    let trainer = try trainer(chunk: 4)
    let gradients = FloatVector(trainer.lossAndGradients(items: items).gradients.elements)
    // Of the first layer, of a block and of the head.
    let ends = trainer.encoder.layers.reduce(into: [0]) {
      $0.append(($0.last ?? 0) + $1.parameterCount)
    }
    for start in [0, ends[2] + 100, ends[5] + 9] {
      let range = start..<start + 2
      let error = largestGradientError(
        trainer.encoder.parameters[range], gradient: gradients[range], step: 0.0005
      ) { trainer.lossAndGradients(items: items).loss }
      #expect(error < 2e-2, "\(range)")
    }
    let whole = try self.trainer().lossAndGradients(items: items).gradients.elements
    #expect(gradients.elements != whole)
  }

  @Test func `running statistics follow every chunk once`() throws {
    let trainer = try trainer(chunk: 3)
    _ = trainer.lossAndGradients(items: [3, 1, 4, 15, 9, 2])
    // The variance of the first channel began at 1 and moved by a tenth, twice.
    let kept = trainer.encoder.state[32]
    #expect(kept > 0.81 - 1e-6 && kept != 1)
    let whole = try self.trainer()
    _ = whole.lossAndGradients(items: [3, 1, 4, 15, 9, 2])
    #expect(whole.encoder.state[32] > 0.9 - 1e-6 && whole.encoder.state[32] != kept)
  }
}
