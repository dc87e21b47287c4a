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
    ]
  }

  private static func phi(
    _ sizes: LabelDistribution, _ sampling: SamplingScheme, _ negativeCount: Int, level: Double
  ) throws -> Benchmark {
    let label = "C=\(sizes.classCount) K=\(negativeCount)"
    return Benchmark("bounds/phi/\(sampling.rawValue)", label) {
      let setting = try ContrastiveSetting(
        classSizes: sizes, sampling: sampling, negativeCount: negativeCount,
        temperature: Rational(1, 2))
      let inputs = try BoundInputs(
        setting,
        means: [
          .contrastiveLoss: MeasuredQuantity(LinearForm(Real(level).rational)),
          .gap: MeasuredQuantity(LinearForm(0)),
        ], gap: .published)
      let value = try PhiBound.outcome(inputs).value
      return try value?.number.decimal(significantDigits: 17) ?? ""
    }
  }
}
