// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Labels

/// What it takes to measure features in files: computed from their shapes, before a row is read.
struct MeasuringCost {
  /// The number of items measured, and of training items.
  let itemCount, trainingCount: Int
  let classSizes: [Int]
  /// d.
  let width: Int
  /// The views of the items measured, and of the training items; bytes of an element.
  let viewCount, trainingViewCount, elementSize: Int
  /// The most items of a class that are compared with each other.
  let spreadLimit: Int
  let hasLinearClassifier: Bool
  let threadCount: Int

  private var classCount: Int { classSizes.count }

  /// How many items of each class are compared with each other.
  private var comparedSizes: [Int] { classSizes.map { min($0, spreadLimit) } }

  // MARK: - Memory

  /// Bytes of memory that a run takes at most, besides the program itself.
  ///
  /// Features are never in memory but for a batch, the compared items of one class and a block of a
  /// megabyte of each file; labels, orders and the means of each batch are.
  func memory(_ configuration: MeasuringConfiguration) -> Double {
    let (n, d, c) = (Double(configuration.draws), Double(width), Double(classCount))
    let (items, training) = (Double(itemCount), Double(trainingCount))
    let batches = Double(configuration.passes) * batchesOfPass(configuration)
    let anchors = min(configuration.draws, BatchMeasurement.anchorLimit)
    let strip = Double(SoftMaxLoss.stripRows(anchors: anchors, keys: configuration.draws))
    // Labels (8 bytes, twice while they are read and numbered), classes, order, draws and choices.
    var bytes = 96 * items + 32 * training
    // The draws of independent batches, which may be more than the items.
    bytes += 24 * batchesOfPass(configuration) * n
    bytes += 12 * 8 * batches
    // Anchors, keys, item means and a view; sums in double precision; scores; a strip of products.
    bytes += n * (4 * 4 * d + 8 * d + 4 * c + 4 * strip)
    // Class means and their sums in double precision.
    bytes += c * d * (4 + 8)
    let compared = Double(comparedSizes.max() ?? 0)
    let rows = Double(CollisionSpread.stripRows)
    bytes += 4 * (compared * (d + rows) + 2 * rows * d)
    // Parameters, gradients and two moments; a batch and its scores.
    if hasLinearClassifier { bytes += 4 * (4 * (d + 1) * c + 256 * (d + c)) }
    bytes += 4 * (256 * (d + c) + Double(threadCount * multiplyWorkspace))
    let files = Double(viewCount + trainingViewCount + 2)
    return bytes + files * (Double(FeatureFile.blockBytes) + 16 * d)
  }

  /// How many batches a pass has.
  func batchesOfPass(_ configuration: MeasuringConfiguration) -> Double {
    Double(max(1, itemCount / configuration.draws))
  }

  // MARK: - Work

  /// Floating-point operations of one batch.
  func batchWork(_ configuration: MeasuringConfiguration) -> Double {
    let (n, d) = (Double(configuration.draws), Double(width))
    // Products, exponentials of some twenty operations, and rows that are read and normalised.
    return n * (n + Double(classCount)) * (2 * d + 20) + n * d * 10 * Double(viewCount + 2)
  }

  /// Floating-point operations of comparing the items of each class.
  var spreadWork: Double {
    let (d, sizes) = (Double(width), comparedSizes.map(Double.init))
    return sizes.reduce(0) { $0 + $1 * $1 * (2 * d + 4) + 30 * $1 * d }
  }

  /// How often the items of each class are compared in a run that is not the first of several.
  func spreadCount(_ configuration: MeasuringConfiguration) -> Int {
    let isSampled = classSizes.contains { $0 > spreadLimit }
    return configuration.sampling == .withReplacement || isSampled ? configuration.passes : 0
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

  /// Floating-point operations of a run.
  func work(_ configuration: MeasuringConfiguration) -> Double {
    let batches = Double(configuration.passes) * batchesOfPass(configuration)
    return batches * batchWork(configuration) + Double(spreadCount(configuration)) * spreadWork
  }

  /// Bytes that a run reads, of which a second reading may well come from the system's memory.
  func readBytes(_ configuration: MeasuringConfiguration) -> Double {
    let row = Double(width * elementSize)
    let batches = Double(configuration.passes) * batchesOfPass(configuration)
    return batches * Double(configuration.draws) * row * Double(viewCount + 2)
  }
}
