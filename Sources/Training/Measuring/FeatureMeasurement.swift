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
  /// pairs; without replacement, with the same seed.
  var allDraws: [Int] = []
  /// Called after every piece of work.
  var progress: (_ work: Work) -> Void = { _ in }

  /// A piece of work: a share of all batches, the pairs within all classes, a share of the exact
  /// means, or the classifiers.
  enum Work: Equatable { case batches(share: Double), spread, exact(share: Double), accuracies }

  private var isWithoutReplacement: Bool { configuration.sampling == .withoutReplacement }

  /// Measures everything.
  ///
  /// - Parameter memo: What measurements of the same source have in common.
  /// - Complexity: Once for all draws without replacement, O(M (min(M, passes n) + C + V) d) for M
  ///   items in V views that are the same in all passes, for draws that divide the largest; and
  ///   O(sum of m_c^2 d) for the pairs within classes, once if views and items are the same in all
  ///   passes. With replacement, once for all draws, that of `AnchorExpectations`.
  func run(memo: FeatureMemo = FeatureMemo()) throws -> ContrastiveMeasurement {
    let sizes = source.classSizes
    let classMeans = try memo.classMeans { () throws(DataError) in try source.classMeans() }
    let batches = try memo.batches(BatchPass(configuration), draws: configuration.draws) {
      () throws(DataError) in
      try batchMeans(classMeans: classMeans, memo).mapValues { BatchEstimates($0) }
    }
    var means = batches.means
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
      classMeans: source.classMeansOrigin, batches: batches.count,
      instructionSet: engine.instructionSet.arithmetic.rawValue)
  }

  /// The means of each batch, and how far classes are apart in each pass, without replacement, for
  /// each number of draws that is measured in the same passes.
  func batchMeans(
    classMeans: Matrix, _ memo: FeatureMemo
  ) throws(DataError) -> [Int: BatchMeans] {
    let draws = Set((isWithoutReplacement ? allDraws : []) + [configuration.draws])
    let measurement = BatchMeasurement(
      temperature: configuration.temperature, classMeans: classMeans,
      classSizes: source.classSizes, isWithoutReplacement: isWithoutReplacement)
    let plan = BatchPlan(
      draws: Array(draws), passCount: configuration.passCount, itemCount: source.labels.count,
      sampling: configuration.sampling, hasFreshViews: source.hasFreshViews,
      width: classMeans.columns)
    var result = Dictionary(uniqueKeysWithValues: draws.map { ($0, BatchMeans()) })
    var spreads: [Double] = []
    var reported = 0.0
    func report(pairs: Double) {
      let share = min(1 - reported, pairs / plan.pairCount)
      reported += share
      progress(.batches(share: share))
    }
    func add(_ block: BatchBlock, _ views: [any FeatureRows]) throws(DataError) {
      let means = try measurement.measure(
        block, views: views, itemMeans: source.itemMeans, labels: source.labels, engine: engine,
        progress: report)
      for (batch, values) in zip(block.batches, means) { result[batch.size]?.append(values) }
    }
    if plan.isJoint {
      let orders = (0..<plan.passCount).map { pass in
        var generator = generator(pass: pass)
        return Draw.shuffledOrder(itemCount: plan.itemCount, generator: &generator)
      }
      try add(BatchBlock(orders: orders, sizes: plan.groups.flatMap(\.self)), source.views(pass: 0))
    }
    for pass in 0..<plan.passCount {
      let views = try source.views(pass: pass)
      var generator = generator(pass: pass)
      if !isWithoutReplacement {
        let batches = Draw.independentBatches(
          itemCount: plan.itemCount, size: configuration.draws, viewCount: views.count,
          generator: &generator)
        for batch in batches { try add(BatchBlock(batch: batch), views) }
        continue
      }
      if !plan.isJoint {
        let order = Draw.shuffledOrder(itemCount: plan.itemCount, generator: &generator)
        try plan.forEachBlock(ofOrder: order) { (block) throws(DataError) in
          try add(block, views)
        }
      }
      if let found = try spread(pass, views, memo) { spreads.append(found) }
    }
    // Draws of incomplete batches are no anchors.
    if plan.passCount > 0 { report(pairs: plan.pairCount) }
    return result.mapValues { $0.adding(spreads: spreads) }
  }

  /// The source of the orders and draws of a pass, whatever the number of draws.
  private func generator(pass: Int) -> SplitMix64 {
    SplitMix64(keys: configuration.seed, Augmentation.Purpose.batches.rawValue, UInt64(pass))
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

  /// Bytes that `run` takes at most besides what the source and exact means have: the means of all
  /// batches, and the greatest of what batches, pairs and classifiers are measured in.
  ///
  /// - Parameters:
  ///   - comparedCount: How many items of a class are compared with each other at most.
  ///   - width: d.
  static func byteCount(
    _ plan: BatchPlan, comparedCount: Int, classCount: Int, width: Int, threadCount: Int
  ) -> Double {
    let accuracies = 4 * accuracyFloatCount(width: width, classCount: classCount)
    let sums = ClassSums.byteCount(classCount: classCount, width: width)
    guard plan.passCount > 0 else { return accuracies + sums }
    let means = 8 * plan.batchCount * Double(BatchMeasurement.means.count)
    let batches = plan.byteCount(classCount: classCount, width: width, threadCount: threadCount)
    let spread = 4 * CollisionSpread.floatCount(itemCount: comparedCount, width: width)
    return means + max(batches, spread, accuracies) + sums
  }

  /// How many floats the classifiers take.
  private static func accuracyFloatCount(width: Int, classCount: Int) -> Double {
    LinearClassifier.floatCount(width: width, classCount: classCount)
      + Matrix.scoringFloatCount(width: width, classCount: classCount)
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
  private var batches: [BatchPass: [Int: BatchEstimates]] = [:]

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

  /// What batches of a number of draws give, computed for many at once.
  ///
  /// - Parameter compute: That for each number of draws, `draws` among them.
  func batches(
    _ pass: BatchPass, draws: Int, _ compute: () throws(DataError) -> [Int: BatchEstimates]
  ) throws(DataError) -> BatchEstimates {
    if let found = batches[pass]?[draws] { return found }
    let found = try compute()
    batches[pass, default: [:]].merge(found) { $1 }
    guard let own = found[draws] else { preconditionFailure("no batches of \(draws) draws") }
    return own
  }
}
