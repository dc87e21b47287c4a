// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a run needs of data and machine.
enum Requirements {
  /// Bytes of memory that the machine has.
  static var physicalMemory: Int {
    let (pages, size) = (sysconf(CInt(_SC_PHYS_PAGES)), sysconf(CInt(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : .max
  }

  /// Bytes that a run takes at most, data included and what the program is itself left out.
  ///
  /// - Complexity: O(1); nothing of the size computed is allocated.
  static func memory(_ configuration: TrainingConfiguration, _ data: DataSet) -> Int {
    let items = data.training.byteCount + data.validation.byteCount
    let width = configuration.shape.featureCount
    let shape = data.rowShape
    let training = Trainer.floatCount(configuration, image: shape)
    // Measuring keeps the views of the validation items; classifiers keep the training items'
    // features, by the head or before it.
    let backboneWidth = configuration.shape.backboneWidth(inputWidth: shape.pixelCount)
    let n = configuration.draws
    let measuring =
      (configuration.views + 8) * data.validation.count * width
      + data.training.count * max(width, backboneWidth)
      + n * (3 * width + data.classCount)
      + n * SoftMaxLoss.stripRows(anchors: min(n, BatchMeasurement.anchorLimit), keys: n)
      + Tape.floatCount(
        layers: configuration.shape.layers(shape).layers, rows: FeatureExtractor.batchSize,
        hasGradients: false)
    return items + 4 * (training + measuring + 2 * multiplyWorkspace)
  }

  /// Checks that a run can be carried out.
  ///
  /// - Parameter memory: Bytes that there are.
  /// - Throws: `DataError` that says what cannot be served.
  static func check(
    _ configuration: TrainingConfiguration, _ data: DataSet, memory: Int
  ) throws(DataError) {
    let n = configuration.draws
    func refuse(_ problem: String) -> DataError { DataError(source: data.name, problem: problem) }
    if n < 2 { throw refuse("\(n) draws leave no negative: at least 2 are needed") }
    if let settings = configuration.momentumContrast, settings.batchSize > data.training.count {
      throw refuse(
        "a batch of \(settings.batchSize) exceeds the \(data.training.count) training \(data.kind)")
    }
    if configuration.momentumContrast == nil && n > data.training.count {
      throw refuse("\(n) draws exceed the \(data.training.count) training \(data.kind)")
    }
    let (validation, sampling) = (data.validation.count, configuration.sampling)
    if sampling == .withoutReplacement && n > validation {
      throw refuse(
        "\(n) draws without replacement exceed the \(validation) validation \(data.kind)")
    }
    // So many that the sizes below would not be integers of the machine.
    if n > 1 << 32 { throw refuse("a run with \(n) draws needs more memory than any machine has") }
    let needed = Self.memory(configuration, data)
    if needed > memory {
      throw refuse(
        "a run with \(n) draws needs \(megabytes(needed)) MB of memory, but the machine has "
          + "\(megabytes(memory)); smaller chunks or layers need less")
    }
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }
}
