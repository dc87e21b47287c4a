// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import Training

@Suite struct TrainingConfigurationTests {
  @Test func `the learning rate is what was asked for, or suits the batch`() {
    var configuration = TrainingConfiguration.small(draws: 256)
    #expect(abs(configuration.peakLearningRate - 0.35) < 1e-12)
    configuration.optimizer = .lars
    #expect(abs(configuration.peakLearningRate - 0.3) < 1e-12)
    configuration.optimizer = .adam
    #expect(configuration.peakLearningRate == 0.001)
    configuration.learningRate = 2
    #expect(configuration.peakLearningRate == 2)
  }

  @Test func `fingerprints differ where any property differs`() {
    let base = TrainingConfiguration.small()
    let changes: [(inout TrainingConfiguration) -> Void] = [
      { $0.draws = 5 }, { $0.seed = 8 }, { $0.epochs = 3 },
      { $0.shape = EncoderShape(backbone: [], head: [4]) }, { $0.loss = .ntXent },
      { $0.temperature = 0.1 }, { $0.optimizer = .adam }, { $0.learningRate = 9 },
      { $0.weightDecay = 0 }, { $0.warmUpEpochs = 1 }, { $0.augmentation.rotation = 1 },
      { $0.augmentation.scale = 0.5...1 }, { $0.augmentation.scale = 1...2 },
      { $0.augmentation.shear = 0.1 }, { $0.augmentation.shift = 3 },
      { $0.augmentation.cropArea = 0.5 }, { $0.augmentation.isFlipped = true },
      { $0.augmentation.intensity = 0 }, { $0.augmentation.noise = 0 }, { $0.chunk = 2 },
      { $0.sampling = .withReplacement }, { $0.passes = 9 }, { $0.views = 9 },
      { $0.measuredDraws = [6] }, { $0.measuredDraws = [6, 9] },
    ]
    let fingerprints = changes.map { change in
      var configuration = base
      change(&configuration)
      return configuration.fingerprint
    }
    #expect(Set(fingerprints + [base.fingerprint]).count == changes.count + 1)
    var whole = base
    // A chunk of the whole batch is no chunk.
    whole.chunk = 6
    #expect(whole.fingerprint == base.fingerprint)
  }
}
