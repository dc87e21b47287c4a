// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements

/// Features that were computed elsewhere.
///
/// Without replacement view 0 is the anchors' and view 1 the keys', as published, and zbar of an
/// item is the mean of all its views but the anchors': with the anchor in it, z.zbar would be too
/// large by (1 - z.z+)/V, and the linear gap too small. With two views zbar is then the positive,
/// which is the exact mean of what is drawn. With replacement every view of an item is as likely to
/// be its anchor or key, and means are over all views, as for an encoder trained here.
///
/// Class means are those of all training views, or of the validation items over the views that zbar
/// is taken over, so that everything is of one law.
struct GivenFeatures: MeasuredFeatures {
  let name: String
  let classCount: Int
  let validation: LabelledFeatures
  /// Nil if there are no training items.
  let training: LabelledFeatures?
  let sampling: SamplingScheme
  let classMeansOrigin: ClassMeansOrigin
  let engine: Engine

  var labels: [Int] { validation.labels }
  var hasFreshViews: Bool { false }
  private var isWithoutReplacement: Bool { sampling == .withoutReplacement }

  /// The views that zbar is the mean of.
  private var meanViews: Range<Int> {
    let count = validation.views.count
    return isWithoutReplacement && count > 1 ? 1..<count : 0..<count
  }

  func views(pass: Int) -> [any FeatureRows] {
    guard isWithoutReplacement else { return validation.views }
    return [validation.views[0], validation.views[min(1, validation.views.count - 1)]]
  }

  func itemMeans(_ items: [Int]) throws(DataError) -> Matrix {
    let width = validation.views[0].columns
    let view = Matrix(rows: items.count, columns: width)
    if meanViews.count == 1 {
      // The mean of one row is the row.
      try validation.views[meanViews.lowerBound].copy(items[...], into: view)
      return view
    }
    var sums = [Double](repeating: 0, count: items.count * width)
    for number in meanViews {
      try validation.views[number].copy(items[...], into: view)
      for index in sums.indices { sums[index] += Double(view.elements[index]) }
    }
    let count = Double(meanViews.count)
    for index in sums.indices { view.elements[index] = Float(sums[index] / count) }
    return view
  }

  /// Reads all files once, which checks all their rows.
  func classMeans() throws(DataError) -> Matrix {
    var hashes: ClassHashes?
    return try classSums(&hashes).means
  }

  /// The sums that class means are of; reads all files once.
  ///
  /// - Parameters:
  ///   - classes: Which classes alone are read and added up; nil for all.
  ///   - hashes: Receives all that is read, where it is wanted.
  func classSums(
    of classes: Range<Int>? = nil, _ hashes: inout ClassHashes?
  ) throws(DataError) -> ClassSums {
    let isOfTraining = classMeansOrigin == .training
    let empty = ClassSums(classCount: classCount, width: validation.views[0].columns)
    var trainingSums = isOfTraining ? empty : nil
    var validationSums = isOfTraining ? nil : empty
    func scan(
      _ features: LabelledFeatures, _ views: Range<Int>, _ sums: inout ClassSums?
    ) throws(DataError) {
      if let classes {
        try features.scan(views, of: classes, into: &sums, &hashes)
      } else {
        try features.scan(views, into: &sums, &hashes)
      }
    }
    try scan(validation, meanViews, &validationSums)
    if let training { try scan(training, 0..<training.views.count, &trainingSums) }
    guard let sums = trainingSums ?? validationSums else {
      preconditionFailure("class means come from one part or the other")
    }
    return sums
  }

  /// What tells the features from others: their shapes, labels, and a few rows of each view.
  func fingerprint() throws(DataError) -> String {
    var hash = FNV1a()
    try validation.addSample(to: &hash)
    try training?.addSample(to: &hash)
    return """
      name \(name) items \(labels.count) views \(validation.views.count) \
      width \(validation.views[0].columns) classes \(classCount) \
      training-items \(training?.labels.count ?? 0) sample \(String(hash.value, radix: 16)) \
      class-means \(classMeansOrigin.rawValue) sampling \(sampling.rawValue)
      """
  }

  /// Of classifiers of items without augmentation, or of their first view; a linear classifier only
  /// if there are training items to train it on.
  func accuracies(classMeans: Matrix, seed: UInt64) throws(DataError) -> [MeasuredMean: Double] {
    let items = validation.items ?? validation.views[0]
    var shares: [MeasuredMean: Double] = [:]
    shares[.meanClassifierAccuracy] = try items.shareOfHits(labels: labels, classMeans, engine)
    if let training, let trainingItems = training.items {
      shares[.linearAccuracy] = try LinearClassifier(
        features: trainingItems, labels: training.labels, classCount: classCount, seed: seed,
        engine: engine
      ).accuracy(features: items, labels: labels, engine: engine)
    }
    return shares
  }
}
