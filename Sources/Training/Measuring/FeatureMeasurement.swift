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
  /// Which share of the work is done by `keepValues`.
  var part = MeasuringPart.whole
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
    let classMeans = try memo.classMeans { () throws(DataError) in try source.classMeans() }
    let measurement = try MeasuredFacts(source, configuration.sampling, engine).measurement(
      configuration, memo,
      batches: { () throws(DataError) in
        var spreads: [Double] = []
        let means = try batchMeans(classMeans: classMeans) { (pass, views) throws(DataError) in
          if let found = try spread(pass, views, memo) { spreads.append(found) }
        }
        return means.mapValues { BatchEstimates($0.adding(spreads: spreads)) }
      },
      exact: { () throws(DataError) in try exactMeans(classMeans: classMeans) },
      accuracies: { () throws(DataError) in
        try source.accuracies(classMeans: classMeans, seed: configuration.seed)
      })
    progress(.accuracies)
    return measurement
  }

  /// How the batches of all numbers of draws that share the passes are measured.
  func plan(width: Int) -> BatchPlan {
    BatchPlan(
      draws: Array(Set((isWithoutReplacement ? allDraws : []) + [configuration.draws])),
      passCount: configuration.passCount, itemCount: source.labels.count,
      sampling: configuration.sampling, hasFreshViews: source.hasFreshViews, width: width,
      part: part)
  }

  /// The means of each of the part's batches, for each number of draws that is measured in the same
  /// passes.
  ///
  /// - Parameter afterPass: Called with the views of each pass.
  func batchMeans(
    classMeans: Matrix,
    afterPass: (_ pass: Int, _ views: [any FeatureRows]) throws(DataError) -> Void = { _, _ in }
  ) throws(DataError) -> [Int: BatchMeans] {
    let measurement = BatchMeasurement(
      temperature: configuration.temperature, classMeans: classMeans,
      classSizes: source.classSizes, isWithoutReplacement: isWithoutReplacement)
    let plan = plan(width: classMeans.columns)
    var result = Dictionary(
      uniqueKeysWithValues: plan.groups.joined().map { ($0, BatchMeans()) })
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
      let block = BatchBlock(
        orders: orders, sizes: plan.groups.flatMap(\.self),
        share: { plan.batches(ofSize: $0) })
      try add(block, source.views(pass: 0))
    }
    for pass in 0..<plan.passCount {
      let views = try source.views(pass: pass)
      var generator = generator(pass: pass)
      if !isWithoutReplacement {
        let own = plan.blocks(ofGroup: 0, pass: pass)
        guard !own.isEmpty else { continue }
        let batches = Draw.independentBatches(
          itemCount: plan.itemCount, size: configuration.draws, viewCount: views.count,
          generator: &generator)
        for batch in batches[own] { try add(BatchBlock(batch: batch), views) }
        continue
      }
      if !plan.isJoint {
        let order = Draw.shuffledOrder(itemCount: plan.itemCount, generator: &generator)
        try plan.forEachBlock(ofPass: pass, order: order) { (block) throws(DataError) in
          try add(block, views)
        }
      }
      try afterPass(pass, views)
    }
    // Draws of incomplete batches are no anchors.
    if plan.passCount > 0 { report(pairs: plan.pairCount) }
    return result
  }

  /// The source of the orders and draws of a pass, whatever the number of draws.
  private func generator(pass: Int) -> SplitMix64 {
    SplitMix64(keys: configuration.seed, Augmentation.Purpose.batches.rawValue, UInt64(pass))
  }

  /// The exact means of independent draws, for each number of draws that shares the pass.
  private func exactMeans(
    classMeans: Matrix
  ) throws(DataError) -> [Int: [MeasuredMean: Estimate]] {
    try withExactMeasurement { (measurement) throws(DataError) in
      try measurement.means(draws: allDraws + [configuration.draws], classMeans: classMeans)
    }
  }

  /// What `body` makes of the measurement of exact means.
  private func withExactMeasurement<Result>(
    _ body: (ExactMeasurement) throws(DataError) -> Result
  ) throws(DataError) -> Result {
    try withoutActuallyEscaping(progress) { progress throws(DataError) in
      try body(
        ExactMeasurement(
          source: source, temperature: configuration.temperature, seed: configuration.seed,
          engine: engine, progress: { progress(.exact(share: $0)) }))
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

  // MARK: - Parts

  /// Keeps the values of the part's batches and pairs of the passes that the configuration has.
  func keepBatchValues(
    of pass: BatchPass, classMeans: Matrix, in values: inout PartValues
  ) throws(DataError) {
    let means = try batchMeans(classMeans: classMeans) { (number, views) throws(DataError) in
      guard isSpreadSampled || number == 0 else { return }
      let name = pass.spreadName(number, isSampled: isSpreadSampled)
      guard !values.has(name) else { return }
      let spread = spread(number)
      let own = part.range(of: spread.comparedCount, turn: number)
      values.keep(
        try self.values(of: own, spread, views), from: own.lowerBound, of: spread.comparedCount,
        as: name)
    }
    let plan = plan(width: classMeans.columns)
    for (draws, batches) in means.sorted(by: { $0.key < $1.key }) {
      for mean in BatchMeasurement.means {
        values.keep(
          batches.values[mean] ?? [], from: plan.batches(ofSize: draws).lowerBound,
          of: plan.batchCount(ofSize: draws), as: pass.name(mean, draws: draws))
      }
    }
  }

  /// Keeps the values of the part's rows and anchors of the pass that the configuration has.
  ///
  /// - Parameter turn: Which of all passes it is.
  func keepExactValues(
    of pass: ExactPass, turn: Int, classMeans: Matrix, in values: inout PartValues
  ) throws(DataError) {
    let (draws, itemCount) = (allDraws.sorted(), source.labels.count)
    let viewCount = try source.views(pass: 0).count
    let blocks = part.range(of: RowMeans.blockCount(itemCount: itemCount), turn: turn)
    try withExactMeasurement { (measurement) throws(DataError) in
      let sample = try measurement.sample()
      let anchors = part.range(of: sample.rows.count, turn: turn)
      let found: ExactMeasurement.Values<[Double], [Double]> = try measurement.values(
        draws: draws, classMeans: classMeans, sample: sample, blocks: blocks, anchors: anchors)
      let firstRow =
        viewCount * RowMeans.firstItem(ofBlock: blocks.lowerBound, itemCount: itemCount)
      for (mean, rows) in zip(RowMeans.means, found.rows) {
        values.keep(rows, from: firstRow, of: sample.rowCount, as: pass.rowName(mean))
      }
      values.keep(
        found.anchors.spread, from: anchors.lowerBound, of: sample.rows.count, as: pass.spreadName)
      for (index, number) in draws.enumerated() {
        for mean in AnchorExpectations.measured {
          values.keep(
            found.anchors.means[index][mean] ?? [], from: anchors.lowerBound,
            of: sample.rows.count, as: pass.anchorName(mean, draws: number))
        }
        // What is of the law alone is the same in all parts; one keeps it.
        let own = part.range(of: 1, turn: turn)
        for mean in CollisionExpectations.measured {
          values.keep(
            own.map { _ in found.collisions[index][mean] ?? 0 }, from: own.lowerBound, of: 1,
            as: pass.lawName(mean, draws: number))
        }
      }
    }
  }

  // MARK: - Pairs within classes

  /// How far features of a class are apart in a pass; nil if no class has a pair, or if that is
  /// known from the first pass.
  private func spread(
    _ pass: Int, _ views: [any FeatureRows], _ memo: FeatureMemo
  ) throws(DataError) -> Double? {
    guard isSpreadSampled || pass == 0 else { return nil }
    let spread = spread(pass)
    func mean() throws(DataError) -> Double? {
      CollisionSpread.mean(of: try values(of: 0..<spread.comparedCount, spread, views))
    }
    return isSpreadSampled ? try mean() : try memo.spread(mean)
  }

  /// Whether random numbers, or views of its own, make each pass another one for pairs.
  private var isSpreadSampled: Bool {
    source.hasFreshViews || source.classSizes.contains { $0 > spreadLimit ?? .max }
  }

  /// The items of each class that are compared in a pass.
  private func spread(_ pass: Int) -> CollisionSpread {
    let limit = spreadLimit ?? .max
    guard source.classSizes.contains(where: { $0 > limit }) else {
      return CollisionSpread(labels: source.labels, classCount: source.classCount)
    }
    var items = SplitMix64(
      keys: configuration.seed, Augmentation.Purpose.pairs.rawValue, UInt64(pass))
    return CollisionSpread(
      labels: source.labels, classCount: source.classCount, limit: limit, generator: &items)
  }

  private func values(
    of range: Range<Int>, _ spread: CollisionSpread, _ views: [any FeatureRows]
  ) throws(DataError) -> [Double] {
    defer { progress(.spread) }
    return try spread.values(
      of: range, anchors: views[0], keys: views[1], engine: engine)
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
