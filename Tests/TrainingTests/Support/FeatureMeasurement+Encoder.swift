// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import Training

extension FeatureMeasurement {
  /// The measurement of a trained encoder with the draws that it is trained with.
  init(_ configuration: TrainingConfiguration, data: DataSet, extractor: FeatureExtractor) {
    self.init(
      configuration: configuration.measuring,
      source: EncoderFeatures(configuration: configuration, data: data, extractor: extractor),
      engine: extractor.engine)
  }
}
