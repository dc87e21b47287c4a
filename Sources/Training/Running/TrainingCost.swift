// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// What it takes to train and measure an encoder: computed from shapes, before anything is
/// allocated.
enum TrainingCost {
  /// Bytes that a run on so many threads takes at most, data included and what the program is
  /// itself left out.
  ///
  /// - Complexity: O(1); nothing of the size computed is allocated.
  static func memory(
    _ configuration: TrainingConfiguration, _ data: DataSet, threadCount: Int
  ) -> Int {
    let items = data.training.byteCount + data.validation.byteCount
    let width = configuration.shape.featureCount
    let image = data.rowShape
    let (training, validation) = (data.training.count, data.validation.count)
    let floats =
      Trainer.floatCount(configuration, image: image)
      + FeatureExtractor.floatCount(layers: configuration.shape.layers(image).layers)
      + EncoderFeatures.floatCount(
        configuration, training: training, validation: validation, width: width,
        classCount: data.classCount,
        backboneWidth: configuration.shape.backboneWidth(inputWidth: image.pixelCount))
      + Engine.floatCount(threadCount: threadCount)
    // All items of a class are compared, and there may be one class.
    let measured = configuration.allMeasuredDraws
    let plan = BatchPlan(
      draws: [measured.max() ?? 2], passCount: configuration.measuring.passCount,
      itemCount: validation, sampling: configuration.sampling, hasFreshViews: true, width: width)
    let measuring = FeatureMeasurement.byteCount(
      plan, comparedCount: validation, classCount: data.classCount, width: width, threadCount: 2)
    let exact =
      configuration.sampling == .withReplacement
      ? ExactMeasurement.byteCount(
        rowCount: validation * configuration.views, width: width, viewCount: configuration.views,
        classCount: data.classCount, temperature: configuration.temperature,
        drawCounts: measured.count,
        threadCount: threadCount) : 0
    return items + 4 * floats + Int(saturating: min(measuring + exact, 1e18))
  }

  /// Checks that a run can be carried out.
  ///
  /// - Parameter memory: Bytes that there are.
  /// - Throws: `DataError` that says what cannot be served.
  static func check(
    _ configuration: TrainingConfiguration, _ data: DataSet, threadCount: Int, memory: Int
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
    let needed = Self.memory(configuration, data, threadCount: threadCount)
    if needed > memory {
      throw refuse(
        "a run with \(n) draws needs \(megabytes(needed)) MB of memory, but the machine has "
          + "\(megabytes(memory)); smaller chunks or layers need less")
    }
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }
}
