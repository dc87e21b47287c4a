// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Measurements

/// The means of independent draws under the empirical law, for many numbers of draws at once: no
/// batch is drawn, and nothing is random unless rows are so many that only some are anchors.
///
/// What depends on pairs of rows has the standard error over anchors then; all else is exact, and
/// its standard error 0. Of what needs sets of classes nothing is computed.
struct ExactMeasurement {
  let source: any MeasuredFeatures
  let temperature: Double
  /// Of the sample of anchors, if there is one.
  let seed: UInt64
  let engine: Engine
  var anchorLimit = AnchorSample.limit
  /// Called with the share of the work that was done since the last call.
  var progress: (_ share: Double) -> Void = { _ in }

  /// Whether a source has so many rows that not all of them are anchors.
  static func samplesAnchors(itemCount: Int, viewCount: Int) -> Bool {
    itemCount * viewCount > AnchorSample.limit
  }

  /// What there is of the rows, of the anchors and of the label law alone, from which means are.
  struct Values<Rows: ValueSink, Anchors: ValueSink> {
    /// For each of `RowMeans.means`.
    var rows: [Rows]
    var anchors: AnchorExpectations.Result<Anchors>
    /// For each number of draws.
    var collisions: [[MeasuredMean: Double]]
  }

  /// The means for each number of draws.
  ///
  /// - Parameter draws: Numbers K + 1, at least 2.
  /// - Throws: `DataError` if features cannot be read.
  func means(
    draws: [Int], classMeans: Matrix
  ) throws(DataError) -> [Int: [MeasuredMean: Estimate]] {
    let draws = Set(draws).sorted()
    let sample = try sample()
    let values: Values<RunningSum, RunningMean> = try values(
      draws: draws, classMeans: classMeans, sample: sample,
      blocks: 0..<RowMeans.blockCount(itemCount: source.labels.count),
      anchors: sample.rows.indices)
    return Self.estimates(
      values, draws: draws, rowCount: sample.rowCount, isSampled: sample.isPart)
  }

  /// The anchors.
  func sample() throws(DataError) -> AnchorSample {
    let rowCount = try source.labels.count * source.views(pass: 0).count
    return AnchorSample(rowCount: rowCount, seed: seed, limit: anchorLimit)
  }

  /// The values of some blocks of rows and some anchors.
  ///
  /// - Parameter draws: In ascending order.
  /// - Throws: `DataError` if features cannot be read.
  func values<Rows, Anchors>(
    draws: [Int], classMeans: Matrix, sample: AnchorSample, blocks: Range<Int>, anchors: Range<Int>
  ) throws(DataError) -> Values<Rows, Anchors> {
    let counts = draws.map { $0 - 1 }
    let found = try AnchorExpectations(
      source: source, classMeans: classMeans, temperature: temperature, sample: sample,
      negativeCounts: counts, engine: engine, share: anchors, progress: progress
    ).result(Anchors.self)
    let rows = try RowMeans(
      source: source, classMeans: classMeans, temperature: temperature, engine: engine
    ).values(ofBlocks: blocks, Rows.self)
    let collisions = CollisionExpectations.means(
      classSizes: source.classSizes, negativeCounts: counts, kernels: engine.kernels)
    return Values(rows: rows, anchors: found, collisions: collisions)
  }

  /// The means that the values of all rows and anchors give, for each number of draws.
  ///
  /// - Parameters:
  ///   - rowCount: M V.
  ///   - isSampled: Whether some rows are no anchors.
  static func estimates(
    _ values: Values<RunningSum, RunningMean>, draws: [Int], rowCount: Int, isSampled: Bool
  ) -> [Int: [MeasuredMean: Estimate]] {
    var common = Dictionary(
      uniqueKeysWithValues: zip(RowMeans.means, values.rows).map { mean, sum in
        (mean, Estimate(value: sum.value / Double(rowCount), standardError: 0))
      })
    common[.collisionBound] = values.anchors.spread.estimate(populationCount: rowCount)
    // What anchors have less or more where they are a sample.
    let known = isSampled ? common[.gap]?.value ?? 0 : 0
    let additions: [MeasuredMean: Double] = [
      .gapConvex: known, .exactGap: known, .expectedBound: -known,
    ]
    var result: [Int: [MeasuredMean: Estimate]] = [:]
    for (index, number) in draws.enumerated() {
      let own = Dictionary(
        uniqueKeysWithValues: values.anchors.means[index].map { mean, values in
          (mean, values.estimate(populationCount: rowCount, adding: additions[mean] ?? 0))
        })
      let laws = values.collisions[index].mapValues { Estimate(value: $0, standardError: 0) }
      result[number] = common.merging(own) { $1 }.merging(laws) { $1 }
    }
    return result
  }

  /// Bytes that this takes at most besides what the source has: a strip of anchors, a block of
  /// rows and their products, and what is evaluated of a tile.
  ///
  /// - Parameter drawCounts: How many numbers of draws there are.
  static func byteCount(
    rowCount: Int, width: Int, viewCount: Int, classCount: Int, temperature: Double,
    drawCounts: Int, threadCount: Int
  ) -> Double {
    let anchorCount = min(
      rowCount,
      AnchorStrip.anchorCount(
        width: width, viewCount: viewCount, classCount: classCount, temperature: temperature))
    let strip = AnchorStrip.byteCount(
      anchorCount: anchorCount, width: width, viewCount: viewCount, classCount: classCount,
      temperature: temperature)
    let (blockRows, tileRows) = (
      Double(AnchorExpectations.blockRows), Double(AnchorExpectations.tileRows)
    )
    let products = blockRows * (4 * Double(width) + 4 * tileRows + 16)
    let numbers = Double(min(drawCounts, AnchorExpectations.countsAtOnce))
    // Some 3,000 nodes at the lowest temperature; four means of each number of draws.
    let workspaces = Double(threadCount) * 8 * 4 * 3000
    return strip + products + 24 * tileRows * numbers + workspaces + 400 * Double(drawCounts)
      + 8 * Double(min(rowCount, AnchorSample.limit))
  }

  /// Floating-point operations of one pass over the pairs, if positives are at right angles to
  /// their anchors at least.
  static func work(
    itemCount: Int, width: Int, viewCount: Int, classCount: Int, temperature: Double,
    drawCounts: Int
  ) -> Double {
    let rows = Double(itemCount) * Double(viewCount)
    let anchors = min(rows, Double(AnchorSample.limit))
    let groups = ExpectedLogarithm.groupCount(smallestPositive: exponential(-1 / temperature))
    // An exponential, moments and the starts of two chains, and four operations a node.
    let pair = 70 + 4 * 8 * Double(groups)
    let (d, c) = (Double(width), Double(classCount))
    let pairs = anchors * rows * (2 * d + pair + Double(viewCount))
    return pairs + anchors * c * pair + rows * c * (2 * d + 60) + rows * d * 20
      + anchors * Double(drawCounts) * 4000
  }
}
