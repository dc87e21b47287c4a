// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What tells one pass over the pairs of a source from another: whatever the numbers of draws are,
/// measurements with the same temperature share one, and where only some rows are anchors, those
/// with the same seed.
struct ExactPass: Hashable {
  let temperature: Double
  /// The seed of the sample of anchors; nil where all rows are anchors.
  let sampleSeed: UInt64?

  init(_ configuration: MeasuringConfiguration, samplesAnchors: Bool) {
    temperature = configuration.temperature
    sampleSeed = samplesAnchors ? configuration.seed : nil
  }
}
