// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Bounds
import Labels
import Measurements
import Occupancy
import Training

/// A program of another package: it sees what the libraries make public, and nothing else.
@main struct Dependant {
  static func main() throws {
    try readmeExample()

    let sizes = try LabelDistribution.balanced(classCount: 100, itemsPerClass: 500)
    let coverage = try CoverageProbability(
      law: LabelLaw(sizes), sampling: .withoutReplacement, drawCount: 512)
    print("coverage", try coverage.value.decimal(significantDigits: 20))

    let setting = try ContrastiveSetting(
      classSizes: sizes, sampling: .withoutReplacement, negativeCount: 511,
      temperature: Rational(1, 2))
    print("collision", try setting.collisions.probability.decimal(significantDigits: 20))

    try measure()
  }

  /// Measures features of two classes at a right angle: 8 items, 2 views of 3 features each.
  static func measure() throws {
    let labels = [3, 3, 3, 3, 7, 7, 7, 7]
    let view = labels.flatMap { $0 == 3 ? [2, 0, 0] : [0, 0, 5] as [Float] }
    let experiment = try FeatureExperiment(
      items: MemoryFeatures(views: view + view, labels: labels, width: 3), name: "angles",
      configurations: [MeasuringConfiguration(draws: 4, seed: 1)])
    try experiment.run { measurement in
      print("classes", measurement.classSizes.classCount, "batches", measurement.batches)
      // Anchors, positives and class means are one vector: there is no gap.
      for mean in [MeasuredMean.gapLinear, .meanClassifierAccuracy] {
        print(mean, measurement[mean]?.value ?? .nan)
      }
    }
  }
}
