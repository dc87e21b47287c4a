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

  private var classCount: Int { classSizes.count }

  /// How many items of each class are compared with each other.
  private var comparedSizes: [Int] { classSizes.map { min($0, spreadLimit) } }

  // MARK: - Memory

  /// Bytes of memory that a run takes at most, besides the program itself and features in memory.
  ///
  /// Features of files are never in memory but for a batch, the compared items of one class and a
  /// block of each file; labels, orders and the means of each batch are.
  func memory(_ configuration: MeasuringConfiguration) -> Double {
    // Labels of 8 bytes as they are read and as they are numbered, and items class by class.
    let labels = 4 * 8 * Double(itemCount + trainingCount)
    // Views, and what is without augmentation.
    let blocks = Double(viewCount + trainingViewCount + 2) * UnitRows.byteCount(width: width)
    return labels + blocks + Double(bufferByteCount)
      + 4 * Double(Engine.floatCount(threadCount: threadCount))
      + FeatureMeasurement.byteCount(
        configuration, itemCount: itemCount, comparedCount: comparedSizes.max() ?? 0,
        classCount: classCount, width: width)
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
    let batches = Double(configuration.passes) * batchesOfPass(configuration)
    return batches * Double(configuration.draws) * Double(rowByteCount) * Double(viewCount + 2)
  }
}
