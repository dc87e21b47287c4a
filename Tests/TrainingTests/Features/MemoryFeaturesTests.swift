// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Testing

@testable import Training

@Suite struct MemoryFeaturesTests {
  private let data = FeatureFolder()

  /// The features of the folder in memory.
  private func memory(labels: [Int]? = nil, plain: [Float]? = nil) -> MemoryFeatures {
    MemoryFeatures(
      views: data.views.flatMap(\.elements.elements), labels: labels ?? data.labels, width: 4,
      plain: plain)
  }

  @Test(arguments: SamplingScheme.allCases)
  func `memory and files have the very same measurements`(sampling: SamplingScheme) throws {
    var files = try data.files()
    try data.addTraining(to: &files)
    files.plain = files.views[1]
    files.trainingPlain = files.views[2]
    let configurations = [(4, 7), (9, 7), (9, 8)].map { draws, seed in
      var configuration = MeasuringConfiguration(draws: draws, seed: UInt64(seed))
      (configuration.sampling, configuration.passes) = (sampling, 2)
      return configuration
    }
    func results(
      _ items: any FeatureSource, _ training: (any FeatureSource)?
    ) throws -> [ContrastiveMeasurement] {
      var results: [ContrastiveMeasurement] = []
      try FeatureExperiment(
        items: items, training: training, name: "x", configurations: configurations
      ).run { results.append($0) }
      return results
    }
    let (items, training) = try files.open()
    let (plain, trainingPlain) = (data.views[1].elements, data.views[2].elements)
    let expected = try results(items, training)
    #expect(expected.count == 3 && expected[0][.linearAccuracy] != nil)
    #expect(
      try results(memory(plain: plain.elements), memory(plain: trainingPlain.elements)) == expected)
    #expect(try results(items, nil) == results(memory(plain: plain.elements), nil))
    #expect(try results(memory(), nil) != expected)
  }

  @Test func `rows are handed out in the order asked for`() {
    let features = MemoryFeatures(
      views: [1, 2, 3, 4, 5, 6, 7, 8], labels: [0, 5], width: 2, plain: [9, 10, 11, 12])
    #expect(features.viewCount == 2 && features.hasPlain && features.labels == [0, 5])
    var rows = [Double](repeating: 0, count: 6)
    features.read([1, 0, 1], of: .view(1), into: &rows)
    #expect(rows == [7, 8, 5, 6, 7, 8])
    features.read([1], of: .plain, into: &rows)
    #expect(rows == [11, 12, 5, 6, 7, 8])
    #expect(features.rowByteCount == 0 && features.bufferByteCount == 0)
  }

  @Test func `what is wrong with features in memory is said by view and row`() throws {
    var views = data.views.flatMap(\.elements.elements)
    for k in 0..<4 { views[(21 + 17) * 4 + k] = 0 }
    let features = MemoryFeatures(views: views, labels: data.labels, width: 4)
    let experiment = try FeatureExperiment(
      items: features, name: "x", configurations: [MeasuringConfiguration(draws: 4, seed: 1)])
    #expect(failure { try experiment.run { _ in } } == "view 1: row 17 is zero")
    #expect(
      failure {
        _ = try FeatureExperiment(
          items: features, training: memory(labels: data.labels.map { 1 + $0 }), name: "x",
          configurations: [MeasuringConfiguration(draws: 4, seed: 1)])
      } == "labels: it lacks the label 3, which the other labels have")
  }

  @Test func `numbers that make no whole views are a mistake of the caller`() async {
    await #expect(processExitsWith: .failure) {
      _ = MemoryFeatures(views: [1, 2, 3], labels: [0, 1], width: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = MemoryFeatures(views: [], labels: [0, 1], width: 2, plain: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = MemoryFeatures(views: [], labels: [], width: 2)
    }
  }
}
