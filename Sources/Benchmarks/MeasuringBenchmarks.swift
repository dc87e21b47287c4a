// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Training

/// Exact means of independent draws: all pairs of 10,000 rows of 128 features, for 20 numbers of
/// draws at once, as `scripts/compare-exact-curve` has them beside another program. And shuffled
/// batches of five sizes, ten passes, of 3,080 items of 384 features in 77 classes, as
/// `scripts/compare-training` has them; all sizes at once and one by one.
enum MeasuringBenchmarks {
  static func all() -> [Benchmark] {
    [1, 2].flatMap { threadCount in
      [0.5, 0.1].map { exact(temperature: $0, threadCount: threadCount) }
        + [batches(isTogether: true, threadCount: threadCount)]
    } + [batches(isTogether: false, threadCount: 1)]
  }

  private static func batches(isTogether: Bool, threadCount: Int) -> Benchmark {
    Benchmark(
      "measure/batches\(isTogether ? "" : "/one by one")/threads=\(threadCount)",
      "rows=3080 d=384",
      prepare: {
        let features = features(itemCount: 3080, width: 384, classCount: 77)
        let configurations = [32, 64, 128, 256, 512].map {
          MeasuringConfiguration(draws: $0, seed: 7)
        }
        let runs = isTogether ? [configurations] : configurations.map { [$0] }
        return {
          var last = 0.0
          for run in runs {
            let experiment = try FeatureExperiment(
              items: features, name: "rows", configurations: run, threadCount: threadCount)
            try experiment.run { last = $0[.contrastiveLoss]?.value ?? 0 }
          }
          return "\(last)"
        }
      })
  }

  private static func exact(temperature: Double, threadCount: Int) -> Benchmark {
    Benchmark(
      "measure/exact/threads=\(threadCount)", "rows=10000 t=\(temperature)",
      prepare: {
        let features = features(itemCount: 5000, width: 128, classCount: 10)
        let configurations = (1...20).map { power in
          var configuration = MeasuringConfiguration(draws: 1 + 1 << power, seed: 7)
          configuration.sampling = .withReplacement
          configuration.temperature = temperature
          return configuration
        }
        return {
          let experiment = try FeatureExperiment(
            items: features, name: "rows", configurations: configurations,
            threadCount: threadCount)
          var last = 0.0
          try experiment.run { last = $0[.contrastiveLoss]?.value ?? 0 }
          return "\(last)"
        }
      })
  }

  /// Items about the centre of their class, two views about their item.
  static func features(itemCount: Int, width: Int, classCount: Int) -> MemoryFeatures {
    var state: UInt32 = 1
    func next() -> Float {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(Int32(bitPattern: state)) * 0x1p-31
    }
    let centres = (0..<classCount * width).map { _ in next() }
    let items = (0..<itemCount * width).map { index in
      centres[index / width % classCount * width + index % width] + next()
    }
    return MemoryFeatures(
      views: (0..<2).flatMap { _ in items.map { $0 + 0.5 * next() } },
      labels: (0..<itemCount).map { $0 % classCount }, width: width)
  }
}
