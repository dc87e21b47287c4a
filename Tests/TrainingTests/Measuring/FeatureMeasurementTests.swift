// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

@Suite struct FeatureMeasurementTests {
  private let folder = TemporaryFolder()

  @Test func `an encoder's features from files are measured as the encoder is`() throws {
    var configuration = TrainingConfiguration.small()
    configuration.sampling = .withReplacement
    let data = try DataSet.small()
    let trainer = Trainer(configuration: configuration, data: data, engine: Engine())
    trainer.runEpoch()
    let extractor = FeatureExtractor(encoder: trainer.encoder, engine: Engine())
    let direct = try FeatureMeasurement(
      configuration, data: data, extractor: extractor
    ).run()

    func view(_ images: any ItemSource, _ number: Int) throws -> String {
      let features = extractor.features(
        images, augmentation: configuration.augmentation, seed: configuration.seed,
        purpose: .itemMeans, view: number)
      return try folder.write(NPY.features(features), to: "\(images.count)-\(number).npy")
    }
    func plain(_ images: any ItemSource) throws -> String {
      let features = extractor.features(images, stopsAtBackbone: false)
      return try folder.write(NPY.features(features), to: "\(images.count)-plain.npy")
    }
    func labels(_ images: any ItemSource) throws -> String {
      try folder.write(NPY.labels(images.labels), to: "\(images.count)-labels.npy")
    }
    var files = try FeatureFileSet(
      views: (0..<3).map { try view(data.validation, $0) }, labels: labels(data.validation))
    files.plain = try plain(data.validation)
    files.trainingPlain = try plain(data.training)
    files.trainingLabels = try labels(data.training)
    let (items, training) = try files.open()
    let source = try GivenFeatures(
      items: items, training: training, name: "small", sampling: .withReplacement,
      classMeansOrigin: nil, engine: Engine())
    let read = try FeatureMeasurement(
      configuration: configuration.measuring, source: source, engine: Engine()
    ).run()

    #expect(read.classSizes == direct.classSizes && read.batches == direct.batches)
    for mean in MeasuredMean.allCases where mean != .linearAccuracyWithoutHead {
      let (a, b) = try (#require(read[mean]), #require(direct[mean]))
      #expect(abs(a.value - b.value) < 1e-6, "\(mean)")
      #expect(abs((a.standardError ?? -1) - (b.standardError ?? -1)) < 1e-6, "\(mean)")
    }
    #expect(read[.linearAccuracyWithoutHead] == nil)
  }

  @Test func `pairs that are the same in all passes are compared once`() throws {
    let data = FeatureFolder()
    let files = try data.files()
    var configuration = MeasuringConfiguration(draws: 5, seed: 3)
    configuration.passes = 3
    func spreads(_ sampling: SamplingScheme, limit: Int?) throws -> (count: Int, error: Double?) {
      configuration.sampling = sampling
      let source = try GivenFeatures(
        items: files.open().items, training: nil, name: "x", sampling: sampling,
        classMeansOrigin: nil, engine: Engine())
      var count = 0
      let found = try FeatureMeasurement(
        configuration: configuration, source: source, engine: Engine(), spreadLimit: limit,
        progress: { work in if work == .spread { count += 1 } }
      ).run()
      return (count, found[.collisionBound]?.standardError)
    }
    var found = try spreads(.withoutReplacement, limit: 7)
    #expect(found.count == 1 && found.error == nil)
    found = try spreads(.withoutReplacement, limit: 4)
    #expect(found.count == 3 && found.error ?? 0 > 0)
    // With replacement it is exact.
    found = try spreads(.withReplacement, limit: 4)
    #expect(found.count == 0 && found.error == 0)
  }
}
