// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements
internal import Randomness

/// Measures features, whether of an encoder that was trained here or from elsewhere.
///
/// Without replacement, as published, all items are shuffled in every pass and cut into batches,
/// the last incomplete one left out; one view of an item is the anchor and another the key. With
/// replacement item and views are drawn independently. Where means of items and classes come from
/// is up to the source.
struct FeatureMeasurement {
  let configuration: MeasuringConfiguration
  let source: any MeasuredFeatures
  let engine: Engine
  /// The most items of a class that are compared with each other; nil for all. Of more, so many
  /// random ones are, which estimates the same mean.
  var spreadLimit: Int? = nil
  /// Called after every piece of work.
  var progress: (_ work: Work) -> Void = { _ in }

  /// A piece of work: a batch, the pairs within all classes, or the classifiers.
  enum Work { case batch, spread, accuracies }

  private var isWithoutReplacement: Bool { configuration.sampling == .withoutReplacement }

  /// Measures everything.
  ///
  /// - Parameter memo: What measurements of the same source have in common.
  /// - Complexity: O(passes M (n + C + V) d) for M items in V views, and O(sum of m_c^2 d) for the
  ///   pairs within classes, once if views and items are the same in all passes.
  func run(memo: FeatureMemo = FeatureMemo()) throws -> ContrastiveMeasurement {
    let sizes = source.classSizes
    let classMeans = try memo.classMeans { () throws(DataError) in try source.classMeans() }
    let measurement = BatchMeasurement(
      temperature: configuration.temperature, classMeans: classMeans, classSizes: sizes,
      isWithoutReplacement: isWithoutReplacement)
    var values: [MeasuredMean: [Double]] = [:]
    var spreads: [Double] = []
    for pass in 0..<configuration.passes {
      var generator = SplitMix64(
        keys: configuration.seed, Augmentation.Purpose.batches.rawValue, UInt64(pass))
      let views = try source.views(pass: pass)
      for batch in batches(viewCount: views.count, &generator) {
        let means = try measure(batch, views, by: measurement)
        for (mean, value) in means { values[mean, default: []].append(value) }
        progress(.batch)
      }
      let found = try spread(pass, views, memo, &generator)
      if let found { spreads.append(found) }
    }
    var means = values.mapValues { Estimate($0) }
    if !spreads.isEmpty { means[.collisionBound] = Estimate(spreads) }
    let seed = configuration.seed
    let accuracies = try memo.accuracies(seed: seed) { () throws(DataError) in
      try source.accuracies(classMeans: classMeans, seed: seed)
    }
    progress(.accuracies)
    // The standard error of a share of M items.
    for (mean, share) in accuracies {
      let variance = share * (1 - share) / Double(source.labels.count)
      means[mean] = Estimate(value: share, standardError: variance.squareRoot())
    }
    return ContrastiveMeasurement(
      dataset: source.name, draws: configuration.draws, seed: seed,
      temperature: configuration.temperature, sampling: configuration.sampling,
      classSizes: try LabelDistribution(counts: sizes), means: means,
      classMeans: source.classMeansOrigin, batches: values[.contrastiveLoss, default: []].count,
      instructionSet: engine.instructionSet.arithmetic.rawValue)
  }

  /// Bytes that `run` takes at most besides what the source has: batches and their means, what is
  /// gathered of a batch, and the greatest of what batches, pairs and classifiers are measured in.
  ///
  /// - Parameters:
  ///   - itemCount: M.
  ///   - comparedCount: How many items of a class are compared with each other at most.
  ///   - width: d.
  static func byteCount(
    _ configuration: MeasuringConfiguration, itemCount: Int, comparedCount: Int, classCount: Int,
    width: Int
  ) -> Double {
    let (n, d) = (configuration.draws, Double(width))
    let anchors = Double(min(n, BatchMeasurement.anchorLimit))
    let batches = Double(configuration.passes) * Double(max(1, itemCount / n))
    let means = 8 * batches * Double(BatchMeasurement.means.count)
    // Anchors, keys and item means; the latter are summed in double precision.
    let gathered = 4 * (2 * anchors + Double(n)) * d + 8 * anchors * d
    // The choices of views of three mixtures.
    let choices = 3 * 8 * Double(itemCount)
    let floats = max(
      BatchMeasurement.floatCount(draws: n, classCount: classCount),
      CollisionSpread.floatCount(itemCount: comparedCount, width: width),
      LinearClassifier.floatCount(width: width, classCount: classCount)
        + Matrix.scoringFloatCount(width: width, classCount: classCount))
    return Draw.byteCount(itemCount: itemCount, size: n) + means + gathered + choices + 4 * floats
      + ClassSums.byteCount(classCount: classCount, width: width)
  }

  private func batches(viewCount: Int, _ generator: inout SplitMix64) -> [[Draw]] {
    let (count, size) = (source.labels.count, configuration.draws)
    return isWithoutReplacement
      ? Draw.shuffledBatches(itemCount: count, size: size, generator: &generator)
      : Draw.independentBatches(
        itemCount: count, size: size, viewCount: viewCount, generator: &generator)
  }

  private func measure(
    _ batch: [Draw], _ views: [any FeatureRows], by measurement: BatchMeasurement
  ) throws(DataError) -> [MeasuredMean: Double] {
    let anchors = batch.prefix(BatchMeasurement.anchorLimit)
    return try measurement.measure(
      anchors: gather(anchors.map { ($0.item, $0.anchorView) }, views),
      keys: gather(batch.map { ($0.item, $0.keyView) }, views),
      itemMeans: source.itemMeans(anchors.map(\.item)),
      labels: batch.map { source.labels[$0.item] }, engine: engine)
  }

  /// The features of the given items in the given views.
  private func gather(
    _ draws: [(item: Int, view: Int)], _ views: [any FeatureRows]
  ) throws(DataError) -> Matrix {
    let result = Matrix(rows: draws.count, columns: views[0].columns)
    var start = 0
    while start < draws.count {
      // Draws of one view are fetched together.
      let view = draws[start].view
      let end = draws[start...].firstIndex { $0.view != view } ?? draws.count
      try views[view].copy(
        draws[start..<end].map(\.item)[...], into: result[rows: start..<end])
      start = end
    }
    return result
  }

  // MARK: - Pairs within classes

  private func spread(
    _ pass: Int, _ views: [any FeatureRows], _ memo: FeatureMemo, _ generator: inout SplitMix64
  ) throws(DataError) -> Double? {
    let limit = spreadLimit ?? .max
    let isSampled = source.classSizes.contains { $0 > limit }
    if isWithoutReplacement && !source.hasFreshViews && !isSampled {
      // The same in all passes.
      guard pass == 0 else { return nil }
      return try memo.spread { () throws(DataError) in
        let spread = CollisionSpread(labels: source.labels, classCount: source.classCount)
        return try mean(spread, views[0], views[1], views[1])
      }
    }
    var items = SplitMix64(
      keys: configuration.seed, Augmentation.Purpose.pairs.rawValue, UInt64(pass))
    let spread = CollisionSpread(
      labels: source.labels, classCount: source.classCount, limit: limit, generator: &items)
    if isWithoutReplacement { return try mean(spread, views[0], views[1], views[1]) }
    let mixed = (0..<3).map { _ in
      MixedViews(
        views: views,
        choices: source.labels.map { _ in generator.index(below: views.count) })
    }
    return try mean(spread, mixed[0], mixed[1], mixed[2])
  }

  private func mean(
    _ spread: CollisionSpread, _ anchors: any FeatureRows, _ positives: any FeatureRows,
    _ others: any FeatureRows
  ) throws(DataError) -> Double? {
    defer { progress(.spread) }
    return try spread.mean(
      anchors: anchors, positives: positives, others: others,
      includesAnchor: !isWithoutReplacement, engine: engine)
  }
}

/// What measurements of the same source with different draws and seeds have in common.
final class FeatureMemo {
  private var classMeans: Matrix?
  private var spread: Double??
  private var accuracies: [UInt64: [MeasuredMean: Double]] = [:]

  /// The class means, computed once.
  func classMeans(_ compute: () throws(DataError) -> Matrix) throws(DataError) -> Matrix {
    if let classMeans { return classMeans }
    let found = try compute()
    classMeans = found
    return found
  }

  /// How far features of a class are apart where no random numbers play a role, computed once.
  func spread(_ compute: () throws(DataError) -> Double?) throws(DataError) -> Double? {
    if let spread { return spread }
    let found = try compute()
    spread = .some(found)
    return found
  }

  /// The accuracies with a seed, computed once.
  func accuracies(
    seed: UInt64, _ compute: () throws(DataError) -> [MeasuredMean: Double]
  ) throws(DataError) -> [MeasuredMean: Double] {
    if let found = accuracies[seed] { return found }
    let found = try compute()
    accuracies[seed] = found
    return found
  }
}
