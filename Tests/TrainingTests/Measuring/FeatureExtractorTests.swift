// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct FeatureExtractorTests {
  @Test func `features do not depend on how many images are encoded at a time`() throws {
    let data = try DataSet.small(training: 300, validation: 40)
    let trainer = Trainer(configuration: .small(), data: data, engine: Engine())
    trainer.runEpoch()
    let extractor = FeatureExtractor(encoder: trainer.encoder, engine: Engine())
    let all = extractor.features(data.training, stopsAtBackbone: false)
    #expect(all.rows == 300 && all.columns == 4)
    let last = extractor.features(data.training.choosing([299]), stopsAtBackbone: false)
    #expect(last.elements.elements == all[row: 299].elements)
    #expect(extractor.features(data.training, stopsAtBackbone: true).columns == 8)
    let views = (0..<2).map { view in
      extractor.features(
        data.training, augmentation: trainer.configuration.augmentation, seed: 1,
        purpose: .classMeans, view: view)
    }
    #expect(views[0].elements.elements != views[1].elements.elements)
    let none = extractor.features(
      data.training, augmentation: Augmentation(), seed: 1, purpose: .classMeans, view: 0)
    for index in 0..<1200 {
      #expect(abs(none.elements[index] - all.elements[index]) < 1e-5)
    }
  }
}
