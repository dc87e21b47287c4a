// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// What it takes to measure features of a source: computed from their shapes, before a row is read.
struct MeasuringCost {
  /// The number of items measured, and of training items.
  let itemCount, trainingCount: Int
  let classSizes: [Int]
  /// d.
  let width: Int
  /// The views of the items measured, and of the training items.
  let viewCount, trainingViewCount: Int
  /// Bytes of a row where rows are read from files, and of what they are read into.
  let rowByteCount, bufferByteCount: Int
  /// The most items of a class that are compared with each other.
  let spreadLimit: Int
  let hasLinearClassifier: Bool
  let threadCount: Int
  /// Whose work it is.
  var part = MeasuringPart.whole

  /// The share of all work that is the part's.
  var share: Double { 1 / Double(part.count) }

  private var classCount: Int { classSizes.count }

  /// How many items of each class are compared with each other.
  private var comparedSizes: [Int] { classSizes.map { min($0, spreadLimit) } }

  /// How the batches of a measurement are measured.
  ///
  /// - Parameter draws: All numbers of draws that share its passes; none for its own.
  func plan(_ configuration: MeasuringConfiguration, draws: [Int] = []) -> BatchPlan {
    BatchPlan(
      draws: draws.isEmpty ? [configuration.draws] : draws, passCount: configuration.passCount,
      itemCount: itemCount, sampling: configuration.sampling, hasFreshViews: false, width: width,
      part: part)
  }

  // MARK: - Memory

  /// Bytes of memory that a run takes at most, besides the program itself and features in memory.
  ///
  /// Features of files are never in memory but for a block of batches, the compared items of one
  /// class, a strip of anchors and a block of each file; labels, orders and the means of each batch
  /// are.
  ///
  /// - Parameters:
  ///   - plan: That of its batches.
  ///   - drawCounts: For how many numbers of draws exact means are computed together.
  func memory(
    _ configuration: MeasuringConfiguration, _ plan: BatchPlan, drawCounts: Int = 1
  ) -> Double {
    // Labels of 8 bytes as they are read and as they are numbered, and items class by class.
    let labels = 4 * 8 * Double(itemCount + trainingCount)
    // Views, and what is without augmentation.
    let blocks = Double(viewCount + trainingViewCount + 2) * UnitRows.byteCount(width: width)
    return labels + blocks + Double(bufferByteCount)
      + 4 * Double(Engine.floatCount(threadCount: threadCount))
      + FeatureMeasurement.byteCount(
        plan, comparedCount: comparedSizes.max() ?? 0, classCount: classCount, width: width,
        threadCount: threadCount)
      + (configuration.sampling == .withReplacement
        ? ExactMeasurement.byteCount(
          rowCount: itemCount * viewCount, width: width, viewCount: viewCount,
          classCount: classCount, temperature: configuration.temperature, drawCounts: drawCounts,
          threadCount: threadCount) : 0)
  }

  // MARK: - Work

  /// Floating-point operations of batches.
  func batchWork(_ plan: BatchPlan) -> Double {
    let d = Double(width)
    // Products, powers of some fifty operations, and rows that are read and normalised.
    let pairs = plan.pairCount + plan.anchorCount * Double(classCount)
    return pairs * (2 * d + 50) + plan.memberCount + plan.fetchedCount * d * 10 * fetchedViews
  }

  /// In how many views an item of a batch is fetched: as an anchor, as a key, and for its mean.
  private var fetchedViews: Double { Double(viewCount + 2) }

  /// Floating-point operations of comparing the items of each class.
  var spreadWork: Double {
    let (d, sizes) = (Double(width), comparedSizes.map(Double.init))
    return share * sizes.reduce(0) { $0 + $1 * $1 * (2 * d + 4) + 20 * $1 * d }
  }

  /// How often the items of each class are compared in passes that are not the first of several.
  func spreadCount(_ configuration: MeasuringConfiguration) -> Int {
    guard configuration.sampling == .withoutReplacement else { return 0 }
    return classSizes.contains { $0 > spreadLimit } ? configuration.passCount : 0
  }

  /// Floating-point operations of the exact means at one temperature, with one sample of anchors.
  ///
  /// - Parameter drawCounts: For how many numbers of draws they are.
  func exactWork(temperature: Double, drawCounts: Int) -> Double {
    share
      * ExactMeasurement.work(
        itemCount: itemCount, width: width, viewCount: viewCount, classCount: classCount,
        temperature: temperature, drawCounts: drawCounts)
  }

  /// Bytes that are read for exact means: all rows for every strip of anchors, and twice more.
  func exactReadBytes(temperature: Double) -> Double {
    let rows = Double(itemCount) * Double(viewCount)
    let anchors = min(rows, Double(AnchorSample.limit))
    let strip = AnchorStrip.anchorCount(
      width: width, viewCount: viewCount, classCount: classCount, temperature: temperature)
    // Anchors come with the views of their items and the means of those.
    let strips = (share * anchors / Double(strip)).rounded(.up) * rows
    let own = anchors * Double(2 * viewCount + 1)
    return (strips + own + 2 * rows) * Double(rowByteCount)
  }

  /// Floating-point operations of the accuracies with one seed.
  var accuracyWork: Double {
    let (d, c) = (Double(width), Double(classCount))
    let mean = Double(itemCount) * d * (2 * c + 10)
    guard hasLinearClassifier else { return mean }
    let epochs = Double(LinearClassifier.epochCount(rows: trainingCount))
    return 2 * mean + epochs * Double(trainingCount) * d * (6 * c + 10)
  }

  /// Floating-point operations of reading all files once.
  var scanWork: Double {
    let rows = itemCount * (viewCount + 1) + trainingCount * (trainingViewCount + 1)
    return 20 * Double(rows) * Double(width)
  }

  /// Floating-point operations of the passes of a measurement.
  func work(_ configuration: MeasuringConfiguration, _ plan: BatchPlan) -> Double {
    batchWork(plan) + Double(spreadCount(configuration)) * spreadWork
  }

  /// Bytes that are read for batches, of which a second reading may well come from the system's
  /// memory.
  func readBytes(_ plan: BatchPlan) -> Double {
    plan.fetchedCount * Double(rowByteCount) * fetchedViews
  }
}
