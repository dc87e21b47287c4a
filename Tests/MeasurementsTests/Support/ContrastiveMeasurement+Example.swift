// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements

extension ContrastiveMeasurement {
  /// A measurement of some means.
  static func example(
    sizes: [Int] = [52, 52], means: [MeasuredMean: Estimate]? = nil,
    classMeans: ClassMeansOrigin? = .validation
  ) throws -> ContrastiveMeasurement {
    try ContrastiveMeasurement(
      dataset: "digits, small", draws: 32, seed: .max, temperature: 0.1,
      sampling: .withoutReplacement, classSizes: LabelDistribution(counts: sizes),
      means: means
        ?? [
          .contrastiveLoss: Estimate(value: 0.1 + 0.2, standardError: 1e-20),
          .gap: Estimate(value: -1.25, standardError: nil),
        ],
      classMeans: classMeans, batches: 160, instructionSet: "x86-64-v3")
  }
}
