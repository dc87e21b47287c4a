// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements

/// What measurements say of their source besides what is measured of it.
struct MeasuredFacts: Equatable {
  let name: String
  let classSizes: [Int]
  /// How many views the law of independent draws has; 2, anchors' and keys', of shuffled batches.
  let viewCount: Int
  let classMeansOrigin: ClassMeansOrigin
  let instructionSet: String

  /// How many items there are.
  var itemCount: Int { classSizes.reduce(0, +) }

  /// The measurement that batches, exact means and accuracies make.
  ///
  /// - Parameters:
  ///   - memo: What measurements of the same source have in common: what is not in it yet is asked
  ///     for.
  ///   - batches: What batches give, for each number of draws that shares their passes.
  ///   - exact: The exact means of independent draws, for each number that shares the pass.
  ///   - accuracies: The shares of items that classifiers label correctly.
  func measurement(
    _ configuration: MeasuringConfiguration, _ memo: FeatureMemo,
    batches: () throws(DataError) -> [Int: BatchEstimates],
    exact: () throws(DataError) -> [Int: [MeasuredMean: Estimate]],
    accuracies: () throws(DataError) -> [MeasuredMean: Double]
  ) throws -> ContrastiveMeasurement {
    let found = try memo.batches(
      BatchPass(configuration), draws: configuration.draws, batches)
    var means = found.means
    if configuration.sampling == .withReplacement {
      means = means.filter { BatchMeasurement.setMeans.contains($0.key) }
      means.merge(try memo.exactMeans(exactPass(configuration), draws: configuration.draws, exact))
      {
        $1
      }
    }
    // The standard error of a share of M items.
    for (mean, share) in try memo.accuracies(seed: configuration.seed, accuracies) {
      let variance = share * (1 - share) / Double(itemCount)
      means[mean] = Estimate(value: share, standardError: variance.squareRoot())
    }
    return ContrastiveMeasurement(
      dataset: name, draws: configuration.draws, seed: configuration.seed,
      temperature: configuration.temperature, sampling: configuration.sampling,
      classSizes: try LabelDistribution(counts: classSizes), means: means,
      classMeans: classMeansOrigin, batches: found.count, instructionSet: instructionSet)
  }

  /// The pass over the pairs that a measurement of independent draws needs.
  func exactPass(_ configuration: MeasuringConfiguration) -> ExactPass {
    ExactPass(
      configuration,
      samplesAnchors: ExactMeasurement.samplesAnchors(itemCount: itemCount, viewCount: viewCount))
  }
}

extension MeasuredFacts {
  /// What measurements of a source with some sampling say of it.
  ///
  /// - Throws: `DataError` if features cannot be read.
  init(
    _ source: any MeasuredFeatures, _ sampling: SamplingScheme, _ engine: Engine
  ) throws(DataError) {
    self.init(
      name: source.name, classSizes: source.classSizes,
      // Views of passes that each have their own are not made for their number.
      viewCount: sampling == .withReplacement ? try source.views(pass: 0).count : 2,
      classMeansOrigin: source.classMeansOrigin,
      instructionSet: engine.instructionSet.arithmetic.rawValue)
  }
}
