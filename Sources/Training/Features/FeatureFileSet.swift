// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The paths of NPY files with features that were computed elsewhere, and their labels.
public struct FeatureFileSet: Hashable, Sendable {
  /// Views of the items that are measured, at least one: in shuffled batches the first is the
  /// anchors', the second the keys'.
  public var views: [String]

  /// Which index of arrays of three is that of views, 0 or 1; nil if every file has one view.
  public var viewsAxis: Int?

  /// The labels of these items.
  public var labels: String

  /// The same items without augmentation, for accuracies; nil for the first view.
  public var plain: String?

  /// Views of the training items, for class means and the linear classifier; may be empty.
  public var trainingViews: [String] = []

  /// The labels of the training items; nil if there are none.
  public var trainingLabels: String?

  /// The training items without augmentation, for the linear classifier; nil for the first view.
  public var trainingPlain: String?

  /// Files of items that are measured, and none of training items.
  public init(views: [String], labels: String) {
    self.views = views
    self.labels = labels
  }

  /// The files that are named as those of the code published with K. Nozawa and I. Sato's paper
  /// are.
  ///
  /// `PREFIX.label.val.npy` and at least one of `PREFIX.feature.0.val.npy` (then `.1.`, `.2.` and
  /// so on, as far as they go) and `PREFIX.feature.val.npy`, which is without augmentation and is
  /// the only view if there are no others. The same with `train` for `val`, as far as they are
  /// there.
  ///
  /// - Parameter prefix: A folder and a key, such as `features/epoch_500-cifar.pt`.
  /// - Throws: `DataError` naming the first file that is missing.
  public init(publishedPrefix prefix: String) throws(DataError) {
    func existing(_ name: String) -> String? {
      let path = "\(prefix).\(name).npy"
      return BinaryFile.exists(path) ? path : nil
    }
    func views(_ part: String) -> [String] {
      var paths: [String] = []
      while let path = existing("feature.\(paths.count).\(part)") { paths.append(path) }
      return paths
    }
    guard let labels = existing("label.val") else {
      throw DataError(source: "\(prefix).label.val.npy", problem: "there is no such file")
    }
    let plain = existing("feature.val")
    let found = views("val")
    guard let first = found.first ?? plain else {
      throw DataError(source: "\(prefix).feature.0.val.npy", problem: "there is no such file")
    }
    self.init(views: found.isEmpty ? [first] : found, labels: labels)
    self.plain = plain
    trainingLabels = existing("label.train")
    guard trainingLabels != nil else { return }
    trainingPlain = existing("feature.train")
    trainingViews = views("train")
  }

  /// Opens all files; no row of features is read.
  ///
  /// - Throws: `DataError` naming a file that cannot be read or does not fit the others.
  public func open() throws(DataError) -> (items: FileFeatures, training: FileFeatures?) {
    var items = try FileFeatures(
      views: views, plain: plain, labels: labels, viewsAxis: viewsAxis)
    guard let trainingLabels else { return (items, nil) }
    var training = try FileFeatures(
      views: trainingViews, plain: trainingPlain, labels: trainingLabels, viewsAxis: viewsAxis)
    try FileFeatures.number(&items, with: &training)
    return (items, training)
  }
}
