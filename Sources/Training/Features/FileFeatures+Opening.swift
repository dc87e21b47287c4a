// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

extension FileFeatures {
  /// Opens the files and reads the labels.
  ///
  /// Labels may be any whole numbers: the classes are those that occur, in ascending order, and each
  /// must occur among the items that are measured and, where there are some, the training items.
  ///
  /// - Throws: `DataError` naming the file at fault.
  init(
    files: FeatureFileSet, name: String, sampling: SamplingScheme,
    classMeansOrigin: ClassMeansOrigin?, engine: Engine
  ) throws(DataError) {
    precondition(!files.views.isEmpty, "features have at least one view")
    let labels = try NPYLabels(path: files.labels)
    let trainingLabels: NPYLabels?
    if let path = files.trainingLabels {
      trainingLabels = try NPYLabels(path: path)
    } else {
      trainingLabels = nil
    }
    let classes = Set(labels.values).union(trainingLabels?.values ?? []).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    func numbered(_ labels: NPYLabels) throws(DataError) -> [Int] {
      let found = Set(labels.values)
      if let absent = classes.first(where: { !found.contains($0) }) {
        throw DataError(
          source: labels.path, problem: "label \(absent) of the other labels does not occur in it")
      }
      return labels.values.map { numbers[$0, default: 0] }
    }
    self.name = name
    self.sampling = sampling
    self.engine = engine
    classCount = classes.count
    validation = try LabelledFeatures(
      views: files.views, plain: files.plain, labels: numbered(labels), labelFile: labels.path)
    if let trainingLabels {
      let part = try LabelledFeatures(
        views: files.trainingViews, plain: files.trainingPlain, labels: numbered(trainingLabels),
        labelFile: trainingLabels.path)
      for file in part.files {
        try LabelledFeatures.checkWidth(file, as: validation.views[0])
      }
      training = part.files.isEmpty ? nil : part
    } else {
      training = nil
    }
    let hasTrainingViews = training.map { !$0.views.isEmpty } ?? false
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
