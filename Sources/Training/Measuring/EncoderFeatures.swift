// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements

/// The features of a trained encoder, as they are measured.
///
/// Without replacement, as published: class means are those of the training images over several
/// views; everything else is of the validation images, shuffled anew in every pass and cut into
/// batches, the last incomplete one left out, with two fresh views of every image.
///
/// With replacement, everything is of one empirical law: an image is uniform among the validation
/// images and a view uniform among a fixed number of views of it, class means and item means are
/// the exact means of that law, and all draws are independent. The bounds then hold for the
/// expectations without further assumptions, which are computed exactly.
struct EncoderFeatures: MeasuredFeatures {
  private let configuration: TrainingConfiguration
  private let data: DataSet
  private let extractor: FeatureExtractor
  /// The views that means are taken over; of one law with the batches if those are independent.
  private let meanViews: [Matrix]
  private let allItemMeans: Matrix

  var name: String { data.name }
  var labels: [Int] { data.validation.labels }
  var classCount: Int { data.classCount }
  var hasFreshViews: Bool { isWithoutReplacement }
  var classMeansOrigin: ClassMeansOrigin { isWithoutReplacement ? .training : .validation }
  private var isWithoutReplacement: Bool { configuration.sampling == .withoutReplacement }

  init(configuration: TrainingConfiguration, data: DataSet, extractor: FeatureExtractor) {
    self.configuration = configuration
    self.data = data
    self.extractor = extractor
    meanViews = (0..<configuration.views).map { view in
      extractor.features(
        data.validation, augmentation: configuration.augmentation, seed: configuration.seed,
        purpose: .itemMeans, view: view)
    }
    allItemMeans = Self.mean(of: meanViews)
  }

  /// How many floats of features there are at most: all views and item means, the views of a pass;
  /// and for classifiers the validation and training images, with and without the head, and what
  /// the classifier without it takes.
  static func floatCount(
    _ configuration: TrainingConfiguration, training: Int, validation: Int, width: Int,
    classCount: Int, backboneWidth: Int
  ) -> Int {
    (configuration.views + 4) * validation * width + validation * backboneWidth
      + training * max(width, backboneWidth)
      + Int(saturating: LinearClassifier.floatCount(width: backboneWidth, classCount: classCount))
  }

  func views(pass: Int) -> [any FeatureRows] {
    guard isWithoutReplacement else { return meanViews }
    return (0..<2).map { view in
      extractor.features(
        data.validation, augmentation: configuration.augmentation, seed: configuration.seed,
        purpose: .batches, epoch: pass, view: view)
    }
  }

  func itemMeans(_ items: [Int]) -> Matrix { allItemMeans.gathering(items) }

  /// zbar of every image, (M, d): the mean of its views, summed in double precision.
  private static func mean(of views: [Matrix]) -> Matrix {
    let result = Matrix(rows: views[0].rows, columns: views[0].columns)
    for index in 0..<result.elements.count {
      let sum = views.reduce(0.0) { $0 + Double($1.elements[index]) }
      result.elements[index] = Float(sum / Double(views.count))
    }
    return result
  }

  /// The means of all views of all training images of a class; with replacement those of the item
  /// means of the validation images, all of which have the same number of views.
  func classMeans() -> Matrix {
    var sums = ClassSums(classCount: classCount, width: extractor.encoder.outputWidth)
    guard isWithoutReplacement else {
      sums.add(allItemMeans, labels: labels)
      return sums.means
    }
    for view in 0..<configuration.views {
      let features = extractor.features(
        data.training, augmentation: configuration.augmentation, seed: configuration.seed,
        purpose: .classMeans, view: view)
      sums.add(features, labels: data.training.labels)
    }
    return sums.means
  }

  /// Of classifiers of the images themselves, with and without the head.
  func accuracies(classMeans: Matrix, seed: UInt64) throws(DataError) -> [MeasuredMean: Double] {
    let engine = extractor.engine
    let features = extractor.features(data.validation, stopsAtBackbone: false)
    func linear(stopsAtBackbone: Bool) throws(DataError) -> Double {
      try LinearClassifier(
        features: extractor.features(data.training, stopsAtBackbone: stopsAtBackbone),
        labels: data.training.labels, classCount: classCount, seed: seed, engine: engine
      ).accuracy(
        features: stopsAtBackbone
          ? extractor.features(data.validation, stopsAtBackbone: true) : features,
        labels: labels, engine: engine)
    }
    return [
      .meanClassifierAccuracy: try features.shareOfHits(labels: labels, classMeans, engine),
      .linearAccuracy: try linear(stopsAtBackbone: false),
      .linearAccuracyWithoutHead: try linear(stopsAtBackbone: true),
    ]
  }
}

extension FeatureMeasurement {
  /// The measurements of a trained encoder, one for each number of draws, which share what does not
  /// depend on it.
  static func measurements(
    _ configuration: TrainingConfiguration, data: DataSet, extractor: FeatureExtractor
  ) throws -> [ContrastiveMeasurement] {
    let source = EncoderFeatures(configuration: configuration, data: data, extractor: extractor)
    let (memo, allDraws) = (FeatureMemo(), configuration.allMeasuredDraws)
    return try allDraws.map { draws in
      try FeatureMeasurement(
        configuration: configuration.measuring(draws: draws), source: source,
        engine: extractor.engine, allDraws: allDraws
      ).run(memo: memo)
    }
  }
}

extension FeatureRows {
  /// The share of items that the mean classifier labels correctly.
  func shareOfHits(
    labels: [Int], _ classMeans: Matrix, _ engine: Engine
  ) throws(DataError) -> Double {
    try shareOfHits(labels: labels, classCount: classMeans.rows) { rows, scores in
      engine.multiply(.plain(rows), .transposed(classMeans), into: scores)
    }
  }
}
