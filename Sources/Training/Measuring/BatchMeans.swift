// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements

/// The means of batches of one size, of all passes.
struct BatchMeans {
  /// For each mean its value in every batch, in order.
  private(set) var values: [MeasuredMean: [Double]] = [:]
  /// How far classes are apart in each pass; in one if all passes have the same views.
  private(set) var spreads: [Double] = []

  /// Adds the means of the next batch.
  mutating func append(_ means: [MeasuredMean: Double]) {
    for (mean, value) in means { values[mean, default: []].append(value) }
  }

  /// Has a mean of all batches.
  mutating func add(_ list: [Double], of mean: MeasuredMean) {
    values[mean, default: []] += list
  }

  /// The same batches, with how far classes are apart.
  func adding(spreads: [Double]) -> BatchMeans {
    var result = self
    result.spreads += spreads
    return result
  }
}

/// What batches of one size estimate.
struct BatchEstimates {
  let means: [MeasuredMean: Estimate]
  /// How many batches there are.
  let count: Int

  init(_ batches: BatchMeans) {
    var means = batches.values.mapValues { Estimate($0) }
    if !batches.spreads.isEmpty { means[.collisionBound] = Estimate(batches.spreads) }
    self.means = means
    count = batches.values[.contrastiveLoss, default: []].count
  }
}

/// What tells passes of batches from others: whatever the numbers of draws, batches without
/// replacement with the same seed are cut from the same orders.
struct BatchPass: Hashable {
  let seed: UInt64
  let temperature: Double
  let passCount: Int
  /// The number of draws of independent batches, which share nothing with others.
  let draws: Int?

  init(_ configuration: MeasuringConfiguration) {
    (seed, temperature) = (configuration.seed, configuration.temperature)
    passCount = configuration.passCount
    draws = configuration.sampling == .withReplacement ? configuration.draws : nil
  }
}
