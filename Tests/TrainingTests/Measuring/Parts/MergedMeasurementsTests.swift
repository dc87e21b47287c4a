// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import TestSupport
import Testing

@testable import Training

@Suite struct MergedMeasurementsTests {
  private let folder = TemporaryFolder()

  private func configurations(
    _ draws: [Int], _ seeds: [UInt64], _ sampling: SamplingScheme, passes: Int?
  ) -> [MeasuringConfiguration] {
    draws.flatMap { draws in
      seeds.map { seed in
        var configuration = MeasuringConfiguration(draws: draws, seed: seed)
        (configuration.passes, configuration.sampling) = (passes, sampling)
        return configuration
      }
    }
  }

  /// Random features in memory, of classes of different sizes.
  private func features(itemCount: Int, viewCount: Int) -> MemoryFeatures {
    var random = RandomNumbers(77)
    return MemoryFeatures(
      views: (0..<viewCount * itemCount * 5).map { _ in random.next() },
      labels: (0..<itemCount).map { $0 < 4 ? $0 : [0, 1, 1, 2, 2, 2][$0 % 6] }, width: 5)
  }

  /// Compares parts with the whole.
  private func compare(
    _ all: [MeasuringConfiguration], itemCount: Int, spreadLimit: Int = 4096, counts: [Int]
  ) throws {
    func experiment(_ part: MeasuringPart? = nil) throws -> FeatureExperiment {
      try FeatureExperiment(
        items: features(itemCount: itemCount, viewCount: 2), name: "test", configurations: all,
        spreadLimit: spreadLimit, part: part)
    }
    var expected: [ContrastiveMeasurement] = []
    try experiment().run { expected.append($0) }
    for count in counts {
      var paths: [String] = []
      for number in 1...count {
        let part = MeasuringPart(number: number, count: count)
        paths.append(folder.file("part-\(number)"))
        try BinaryFile.write(try experiment(part).keepPart(), to: paths[number - 1])
      }
      var found: [ContrastiveMeasurement] = []
      try MergedMeasurements(files: paths).forEach { found.append($0) }
      #expect(found == expected, "\(count) parts")
    }
  }

  @Test func `pairs of a sample of each class are those of one process`() throws {
    try compare(
      configurations([10, 4], [1, 2], .withoutReplacement, passes: 3), itemCount: 60,
      spreadLimit: 6, counts: [1, 2, 5])
  }

  @Test func `more rows than are read at a time are those of one process`() throws {
    // Three blocks of rows, the last of them short.
    try compare(
      configurations([3, 1000], [5], .withReplacement, passes: nil), itemCount: 600,
      counts: [2, 7])
  }

  @Test(arguments: [2, 3, 12])
  func `a sample of anchors in parts gives the means of the sample`(count: Int) throws {
    let source = try GivenFeatures(
      items: features(itemCount: 40, viewCount: 2), training: nil, name: "test",
      sampling: .withReplacement, classMeansOrigin: nil, engine: Engine())
    let means = try source.classMeans()
    let measurement = ExactMeasurement(
      source: source, temperature: 0.3, seed: 4, engine: Engine(), anchorLimit: 31)
    let sample = try measurement.sample()
    #expect(sample.isPart)
    var (rows, spread) = (RowMeans.means.map { _ in RunningSum() }, RunningMean())
    var anchors: [[MeasuredMean: RunningMean]] = [[:], [:]]
    var collisions: [[MeasuredMean: Double]] = []
    for number in 1...count {
      let part = MeasuringPart(number: number, count: count)
      let values: ExactMeasurement.Values<[Double], [Double]> = try measurement.values(
        draws: [3, 9], classMeans: means, sample: sample, blocks: part.range(of: 1),
        anchors: part.range(of: sample.rows.count))
      for (index, list) in values.rows.enumerated() {
        for value in list { rows[index].add(value) }
      }
      for value in values.anchors.spread { spread.add(value) }
      for (index, lists) in values.anchors.means.enumerated() {
        for (mean, list) in lists {
          for value in list { anchors[index][mean, default: RunningMean()].add(value) }
        }
      }
      collisions = values.collisions
    }
    let joined = ExactMeasurement.estimates(
      ExactMeasurement.Values(
        rows: rows, anchors: AnchorExpectations.Result(spread: spread, means: anchors),
        collisions: collisions),
      draws: [3, 9], rowCount: sample.rowCount, isSampled: true)
    #expect(try joined == measurement.means(draws: [9, 3], classMeans: means))
  }
}
