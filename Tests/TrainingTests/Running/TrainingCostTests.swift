// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import Training

@Suite struct TrainingCostTests {
  private func problem(_ configuration: TrainingConfiguration, memory: Int = .max) throws -> String
  {
    do throws(DataError) {
      let data: DataSet
      do { data = try .small() } catch { return "\(error)" }
      try TrainingCost.check(configuration, data, threadCount: 2, memory: memory)
      return ""
    } catch {
      return error.description
    }
  }

  @Test func `batches that the data cannot fill are refused`() throws {
    #expect(
      try problem(.small(draws: 1)) == "small: 1 draws leave no negative: at least 2 are needed")
    #expect(try problem(.small(draws: 31)) == "small: 31 draws exceed the 30 training images")
    #expect(
      try problem(.small(draws: 22))
        == "small: 22 draws without replacement exceed the 21 validation images")
    var configuration = TrainingConfiguration.small(draws: 30)
    configuration.sampling = .withReplacement
    #expect(try problem(configuration) == "")
    #expect(try problem(.small(draws: 21)) == "")
  }

  @Test func `a run that memory cannot hold is refused, and nothing of its size is allocated`()
    throws
  {
    var configuration = TrainingConfiguration.small()
    configuration.shape = EncoderShape(backbone: [65536, 65536], head: [4])
    let needed = TrainingCost.memory(configuration, try .small(), threadCount: 2)
    // Weights, gradients and momentum of 65536 x 65536; all else is less than a fiftieth of them.
    let weights = 3 * 4 * 65536 * 65536
    #expect(needed > weights && needed < weights / 50 * 51)
    #expect(
      try problem(configuration, memory: 4_000_000_000)
        == "small: a run with 6 draws needs \((needed + 999_999) / 1_000_000) MB of memory, but "
        + "the machine has 4000; smaller chunks or layers need less")
    #expect(try problem(.small(), memory: 1000).contains("but the machine has 1;"))
  }

  @Test(arguments: [1 << 32 + 1, .max])
  func `a queue whose size is no integer is refused`(draws: Int) throws {
    var configuration = TrainingConfiguration.small(draws: draws)
    configuration.momentumContrast = MomentumContrast()
    configuration.momentumContrast?.batchSize = 4
    configuration.sampling = .withReplacement
    #expect(
      try problem(configuration)
        == "small: a run with \(draws) draws needs more memory than any machine has")
  }

  @Test func `NT-Xent on 4096 images of 28 x 28 needs less than a GiB`() throws {
    var configuration = TrainingConfiguration(
      draws: 4096, seed: 1, epochs: 1, shape: EncoderShape(backbone: [512, 512], head: [256, 64]),
      augmentation: .things)
    configuration.loss = .ntXent
    #expect(
      4
        * Trainer.floatCount(
          configuration, image: ImageShape(height: 28, width: 28, channels: 1)) < 1 << 28)
  }

  @Test func `a residual network on 512 images of 32 x 32 in colour needs less than 3 GiB / 2`() {
    let configuration = TrainingConfiguration(
      draws: 512, seed: 1, epochs: 1, shape: EncoderShape(residual: .small), augmentation: .things)
    let image = ImageShape(height: 32, width: 32, channels: 3)
    #expect(4 * Trainer.floatCount(configuration, image: image) < 3 << 29)
  }
}
