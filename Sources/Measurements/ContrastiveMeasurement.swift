// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Labels

/// What was measured of one encoder: losses, gaps, terms and accuracies, and how.
public struct ContrastiveMeasurement: Hashable, Sendable {
  /// The name of the data set.
  public var dataset: String

  /// The number of draws, K + 1.
  public var draws: Int

  /// The seed of the run.
  public var seed: UInt64

  /// The temperature t.
  public var temperature: Double

  /// How the items of a batch were drawn.
  public var sampling: SamplingScheme

  /// The set that batches were drawn from.
  public var classSizes: LabelDistribution

  /// The means that were measured; those that do not exist are left out.
  public var means: [MeasuredMean: Estimate]

  /// Which items class means are taken over; nil if that is not known.
  public var classMeans: ClassMeansOrigin?

  /// The number of batches; 0 where everything is exact. Independent draws have batches for means
  /// of sets of classes only.
  public var batches: Int

  /// The instructions that the run was computed with, which its last bits depend on; empty if that
  /// is not known.
  public var instructionSet: String

  /// A measurement of all properties.
  public init(
    dataset: String, draws: Int, seed: UInt64, temperature: Double, sampling: SamplingScheme,
    classSizes: LabelDistribution, means: [MeasuredMean: Estimate],
    classMeans: ClassMeansOrigin? = nil,
    batches: Int, instructionSet: String
  ) {
    self.dataset = dataset
    self.draws = draws
    self.seed = seed
    self.temperature = temperature
    self.sampling = sampling
    self.classSizes = classSizes
    self.means = means
    self.classMeans = classMeans
    self.batches = batches
    self.instructionSet = instructionSet
  }

  /// A measured mean, nil if it was not measured.
  public subscript(mean: MeasuredMean) -> Estimate? { means[mean] }
}
