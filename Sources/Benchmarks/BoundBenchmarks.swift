// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Bounds
import Labels
import Measurements

/// The bound that is evaluated numerically, at the sizes of the published settings and beyond.
enum BoundBenchmarks {
  static func all() throws -> [Benchmark] {
    try [
      phi(.balanced(classCount: 100, itemsPerClass: 100), .withoutReplacement, 1023, level: 6.29),
      phi(.uniform(classCount: 100), .withReplacement, 1023, level: 6.29),
      phi(.uniform(classCount: 1000), .withReplacement, 65_535, level: 9.1),
      phi(
        BuiltInLaw.named("imagenet-1k")?.distribution ?? .uniform(classCount: 1),
        .withReplacement, 4095, level: 7),
      spread(.uniform(classCount: 100), .withReplacement, 1023, level: 6.29, variance: 0.6),
      spread(
        .balanced(classCount: 100, itemsPerClass: 100), .withoutReplacement, 1023, level: 6.29,
        variance: 0.6),
      spread(.uniform(classCount: 1000), .withReplacement, 65_535, level: 9.1, variance: 0.6),
    ]
  }

  private static func spread(
    _ sizes: LabelDistribution, _ sampling: SamplingScheme, _ negativeCount: Int, level: Double,
    variance: Double
  ) throws -> Benchmark {
    bound(
      "spread", SpreadUpperBound.self, sizes, sampling, negativeCount,
      [.contrastiveLoss: level, .gap: 0, .classSeparation: variance])
  }

  private static func phi(
    _ sizes: LabelDistribution, _ sampling: SamplingScheme, _ negativeCount: Int, level: Double
  ) throws -> Benchmark {
    bound(
      "phi", PhiBound.self, sizes, sampling, negativeCount, [.contrastiveLoss: level, .gap: 0])
  }

  private static func bound(
    _ name: String, _ theorem: any Bound.Type, _ sizes: LabelDistribution,
    _ sampling: SamplingScheme, _ negativeCount: Int, _ means: [MeasuredMean: Double]
  ) -> Benchmark {
    let label = "C=\(sizes.classCount) K=\(negativeCount)"
    return Benchmark("bounds/\(name)/\(sampling.rawValue)", label) {
      let setting = try ContrastiveSetting(
        classSizes: sizes, sampling: sampling, negativeCount: negativeCount,
        temperature: Rational(1, 2))
      let inputs = try BoundInputs(
        setting, means: means.mapValues { MeasuredQuantity(LinearForm(Real($0).rational)) },
        gap: .published)
      let value = try theorem.outcome(inputs).value
      return try value?.number.decimal(significantDigits: 17) ?? ""
    }
  }
}
