// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements
internal import Randomness

/// Measures features, whether of an encoder that was trained here or from elsewhere.
///
/// Without replacement, as published, all items are shuffled in every pass and cut into batches,
/// the last incomplete one left out; one view of an item is the anchor and another the key. With
/// replacement item and views are drawn independently: the means are those of the empirical law
/// itself, see `ExactMeasurement`, and batches are drawn only for means of sets of classes, if
/// passes are asked for. Where means of items and classes come from is up to the source.
struct FeatureMeasurement {
  let configuration: MeasuringConfiguration
  let source: any MeasuredFeatures
  let engine: Engine
  /// The most items of a class that are compared with each other without replacement; nil for all.
  /// Of more, so many random ones are, which estimates the same mean.
  var spreadLimit: Int? = nil
  /// All numbers of draws that are measured of the source at the temperature, in one pass over its
  /// pairs.
  var allDraws: [Int] = []
  /// Called after every piece of work.
  var progress: (_ work: Work) -> Void = { _ in }

  /// A piece of work: a batch, the pairs within all classes, a share of the exact means, or the
  /// classifiers.
  enum Work: Equatable { case batch, spread, exact(share: Double), accuracies }

  private var isWithoutReplacement: Bool { configuration.sampling == .withoutReplacement }

  /// Measures everything.
  ///
  /// - Parameter memo: What measurements of the same source have in common.
  /// - Complexity: O(passes M (n + C + V) d) for M items in V views; without replacement, O(sum of
  ///   m_c^2 d) for the pairs within classes, once if views and items are the same in all passes;
  ///   with replacement, once for all draws, that of `AnchorExpectations`.
  func run(memo: FeatureMemo = FeatureMemo()) throws -> ContrastiveMeasurement {
    let sizes = source.classSizes
    let classMeans = try memo.classMeans { () throws(DataError) in try source.classMeans() }
    let (values, spreads) = try batchMeans(classMeans: classMeans, memo)
    var means = values.mapValues { Estimate($0) }
    if !spreads.isEmpty { means[.collisionBound] = Estimate(spreads) }
    if !isWithoutReplacement {
      means = means.filter { BatchMeasurement.setMeans.contains($0.key) }
      means.merge(try exactMeans(classMeans: classMeans, memo)) { $1 }
    }
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

  /// The means of each batch, and how far classes are apart in each pass, without replacement.
  func batchMeans(
    classMeans: Matrix, _ memo: FeatureMemo
  ) throws(DataError) -> (values: [MeasuredMean: [Double]], spreads: [Double]) {
    let measurement = BatchMeasurement(
      temperature: configuration.temperature, classMeans: classMeans,
      classSizes: source.classSizes, isWithoutReplacement: isWithoutReplacement)
    var values: [MeasuredMean: [Double]] = [:]
    var spreads: [Double] = []
    for pass in 0..<configuration.passCount {
      var generator = SplitMix64(
        keys: configuration.seed, Augmentation.Purpose.batches.rawValue, UInt64(pass))
      let views = try source.views(pass: pass)
      for batch in batches(viewCount: views.count, &generator) {
        let means = try measure(batch, views, by: measurement)
        for (mean, value) in means { values[mean, default: []].append(value) }
        progress(.batch)
      }
      if isWithoutReplacement, let found = try spread(pass, views, memo) { spreads.append(found) }
    }
    return (values, spreads)
  }

  /// The exact means of independent draws.
  private func exactMeans(
    classMeans: Matrix, _ memo: FeatureMemo
  ) throws(DataError) -> [MeasuredMean: Estimate] {
    let views = try source.views(pass: 0)
    let pass = ExactPass(
      configuration,
      samplesAnchors: ExactMeasurement.samplesAnchors(
        itemCount: source.labels.count, viewCount: views.count))
    return try memo.exactMeans(pass, draws: configuration.draws) { () throws(DataError) in
      try withoutActuallyEscaping(progress) { progress throws(DataError) in
        try ExactMeasurement(
          source: source, temperature: configuration.temperature, seed: configuration.seed,
          engine: engine, progress: { progress(.exact(share: $0)) }
        ).means(draws: allDraws + [configuration.draws], classMeans: classMeans)
      }
    }
  }

  /// Bytes that `run` takes at most besides what the source and exact means have: batches and their means, what is
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
    guard configuration.passCount > 0 else {
      return 4 * accuracyFloatCount(width: width, classCount: classCount)
        + ClassSums.byteCount(classCount: classCount, width: width)
    }
    let (n, d) = (configuration.draws, Double(width))
    let anchors = Double(min(n, BatchMeasurement.anchorLimit))
    let batches = Double(configuration.passCount) * Double(max(1, itemCount / n))
    let means = 8 * batches * Double(BatchMeasurement.means.count)
    // Anchors, keys and item means; the latter are summed in double precision.
    let gathered = 4 * (2 * anchors + Double(n)) * d + 8 * anchors * d
    let floats = max(
      BatchMeasurement.floatCount(draws: n, classCount: classCount),
      CollisionSpread.floatCount(itemCount: comparedCount, width: width),
      accuracyFloatCount(width: width, classCount: classCount))
    return Draw.byteCount(itemCount: itemCount, size: n) + means + gathered + 4 * floats
      + ClassSums.byteCount(classCount: classCount, width: width)
  }

  /// How many floats the classifiers take.
  private static func accuracyFloatCount(width: Int, classCount: Int) -> Double {
    LinearClassifier.floatCount(width: width, classCount: classCount)
      + Matrix.scoringFloatCount(width: width, classCount: classCount)
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
      anchors: views.gathering(anchors.map { ($0.item, $0.anchorView) }),
      keys: views.gathering(batch.map { ($0.item, $0.keyView) }),
      itemMeans: source.itemMeans(anchors.map(\.item)),
      labels: batch.map { source.labels[$0.item] }, engine: engine)
  }

  // MARK: - Pairs within classes

  private func spread(
    _ pass: Int, _ views: [any FeatureRows], _ memo: FeatureMemo
  ) throws(DataError) -> Double? {
    let limit = spreadLimit ?? .max
    let isSampled = source.classSizes.contains { $0 > limit }
    if !source.hasFreshViews && !isSampled {
      // The same in all passes.
      guard pass == 0 else { return nil }
      return try memo.spread { () throws(DataError) in
        try mean(CollisionSpread(labels: source.labels, classCount: source.classCount), views)
      }
    }
    var items = SplitMix64(
      keys: configuration.seed, Augmentation.Purpose.pairs.rawValue, UInt64(pass))
    let spread = CollisionSpread(
      labels: source.labels, classCount: source.classCount, limit: limit, generator: &items)
    return try mean(spread, views)
  }

  private func mean(
    _ spread: CollisionSpread, _ views: [any FeatureRows]
  ) throws(DataError) -> Double? {
    defer { progress(.spread) }
    return try spread.mean(
      anchors: views[0], positives: views[1], others: views[1], engine: engine)
  }
}

/// What measurements of the same source with different draws and seeds have in common.
final class FeatureMemo {
  private var classMeans: Matrix?
  private var spread: Double??
  private var accuracies: [UInt64: [MeasuredMean: Double]] = [:]
  private var exact: [ExactPass: [Int: [MeasuredMean: Estimate]]] = [:]

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

  /// The exact means for a number of draws, computed for many at once.
  ///
  /// - Parameter compute: The means for each number of draws, `draws` among them.
  func exactMeans(
    _ pass: ExactPass, draws: Int,
    _ compute: () throws(DataError) -> [Int: [MeasuredMean: Estimate]]
  ) throws(DataError) -> [MeasuredMean: Estimate] {
    if let found = exact[pass]?[draws] { return found }
    let found = try compute()
    exact[pass, default: [:]].merge(found) { $1 }
    return found[draws] ?? [:]
  }
}
