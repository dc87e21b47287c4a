// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import Training

@Suite struct MeasuringCostTests {
  /// ImageNet-1K by a residual network: 1.28 million items of 2048 features, two views.
  private func cost(_ itemCount: Int, classCount: Int = 1000, limit: Int = 4096) -> MeasuringCost {
    MeasuringCost(
      itemCount: itemCount, trainingCount: 0,
      classSizes: [Int](repeating: itemCount / classCount, count: classCount), width: 2048,
      viewCount: 2, trainingViewCount: 0, rowByteCount: 4 * 2048, bufferByteCount: 1 << 19,
      spreadLimit: limit, hasLinearClassifier: false, threadCount: 2)
  }

  private func memory(_ cost: MeasuringCost, _ configuration: MeasuringConfiguration) -> Double {
    cost.memory(configuration, cost.plan(configuration))
  }

  private func work(_ cost: MeasuringCost, _ configuration: MeasuringConfiguration) -> Double {
    cost.work(configuration, cost.plan(configuration))
  }

  @Test func `memory is a small part of the features`() {
    let configuration = MeasuringConfiguration(draws: 1024, seed: 1)
    let memory = memory(cost(1_280_000), configuration)
    #expect(memory > 100e6 && memory < 300e6)
    // Two views are 21 GB.
    #expect(cost(1_280_000).readBytes(cost(1_280_000).plan(configuration)) > 20.9e9 * 10)
    // Items cost labels, orders and the means of batches only.
    let difference = self.memory(cost(2_560_000), configuration) - memory
    #expect(difference < 200 * 1_280_000)
  }

  @Test func `large classes are not in memory`() {
    let configuration = MeasuringConfiguration(draws: 16, seed: 1)
    let (one, two) = (cost(1_000_000, classCount: 2), cost(1_000_000, classCount: 2, limit: 1024))
    #expect(memory(one, configuration) < 700e6)
    #expect(memory(two, configuration) < memory(one, configuration))
    #expect(two.spreadWork < one.spreadWork / 15)
    #expect(one.spreadCount(configuration) == 10)
    #expect(cost(1_000_000).spreadCount(configuration) == 0)
    var independent = configuration
    independent.sampling = .withReplacement
    #expect(cost(1_000_000).spreadCount(independent) == 0)
  }

  @Test func `work grows with draws, passes and items`() {
    var configuration = MeasuringConfiguration(draws: 64, seed: 1)
    let base = work(cost(100_000), configuration)
    configuration.draws = 4096
    #expect(work(cost(100_000), configuration) > 4 * base)
    configuration.draws = 64
    configuration.passes = 20
    #expect(work(cost(100_000), configuration) == 2 * base)
  }

  @Test func `numbers of draws of the same passes cost what the largest does`() {
    let configuration = MeasuringConfiguration(draws: 64, seed: 1)
    let cost = cost(100_000)
    let largest = cost.plan(MeasuringConfiguration(draws: 512, seed: 1))
    let all = cost.plan(configuration, draws: [32, 64, 128, 256, 512])
    #expect(cost.readBytes(all) == cost.readBytes(largest))
    #expect(cost.batchWork(all) < 1.01 * cost.batchWork(largest))
    // Of few items all pairs are computed once for all passes.
    let few = self.cost(3000)
    #expect(few.readBytes(few.plan(configuration, draws: [64, 512])) == 3000 * 4 * 2048 * 4)
  }

  @Test func `exact means take a part of the features for any number of draws, and pairs once`() {
    var configuration = MeasuringConfiguration(draws: 1_000_000_001, seed: 1)
    configuration.sampling = .withReplacement
    let cost = cost(1_280_000)
    #expect(memory(cost, configuration) < 400e6)
    // 16,384 anchors against 2.56 million rows of 2,048 features.
    let work = cost.exactWork(temperature: 0.5, drawCounts: 20)
    #expect(work > 16_384 * 2.56e6 * 4096 && work < 16_384 * 2.56e6 * 5000)
    #expect(self.work(cost, configuration) == 0 && cost.readBytes(cost.plan(configuration)) == 0)
    // The features, 21 GB, for each of a few strips of anchors.
    let bytes = cost.exactReadBytes(temperature: 0.5)
    #expect(bytes > 3 * 20.9e9 && bytes < 30 * 20.9e9)
    configuration.passes = 3
    configuration.draws = 64
    #expect(self.work(cost, configuration) > 0 && cost.readBytes(cost.plan(configuration)) > 0)
  }
}
