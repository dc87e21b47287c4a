// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Measurements

extension GivenFeatures {
  /// Features that belong together; no row is read.
  ///
  /// Labels may be any whole numbers: the classes are those that occur, in ascending order, and
  /// each must occur among the items that are measured and, where there are some, the training
  /// items.
  ///
  /// - Parameters:
  ///   - items: What is measured, in at least one view.
  ///   - training: Training items; what has labels only is checked and not used.
  ///   - classMeansOrigin: Nil for what is usual.
  /// - Throws: `DataError` naming what is at fault.
  init(
    items: any FeatureSource, training: (any FeatureSource)?, name: String,
    sampling: SamplingScheme, classMeansOrigin: ClassMeansOrigin?, engine: Engine
  ) throws(DataError) {
    precondition(items.viewCount >= 1, "features have at least one view")
    let classes = Set(items.labels).union(training?.labels ?? []).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    func numbered(_ source: any FeatureSource) throws(DataError) -> LabelledFeatures {
      let found = Set(source.labels)
      if let absent = classes.first(where: { !found.contains($0) }) {
        throw DataError(
          source: source.labelName,
          problem: "it lacks the label \(items.className(absent)), which the other labels have")
      }
      return LabelledFeatures(source, labels: source.labels.map { numbers[$0, default: 0] })
    }
    self.name = name
    self.sampling = sampling
    self.engine = engine
    classCount = classes.count
    validation = try numbered(items)
    let part = try training.map(numbered)
    if let training, let view = training.allViews.first {
      guard training.width == items.width else {
        throw DataError(
          source: training.name(of: view),
          problem: "it has \(training.width) features per item, but "
            + "'\(items.name(of: .view(0)))' has \(items.width)")
      }
      self.training = part
    } else {
      self.training = nil
    }
    let hasTrainingViews = training.map { $0.viewCount > 0 } ?? false
    if classMeansOrigin == .training && !hasTrainingViews {
      throw DataError(
        source: name, problem: "class means of training features need views of training items")
    }
    // With replacement everything is of one law unless it is asked for otherwise.
    let usual: ClassMeansOrigin =
      sampling == .withoutReplacement && hasTrainingViews ? .training : .validation
    self.classMeansOrigin = classMeansOrigin ?? usual
  }
}
