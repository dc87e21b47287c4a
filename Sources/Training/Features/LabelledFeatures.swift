// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of labelled items in files: their views, and the items without augmentation.
struct LabelledFeatures {
  /// Views; may be empty.
  let views: [FeatureFile]
  /// Without augmentation.
  let plain: FeatureFile?
  /// The class of each item.
  let labels: [Int]

  /// All files.
  var files: [FeatureFile] { views + (plain.map { [$0] } ?? []) }

  /// What stands for an item by itself: without augmentation, or else the first view.
  var items: FeatureFile? { plain ?? views.first }

  /// Opens the files.
  ///
  /// - Throws: `DataError` if one is no matrix of features, or differs from the others in shape.
  init(
    views: [String], plain: String?, labels: [Int], labelFile: String
  ) throws(DataError) {
    var files: [FeatureFile] = []
    for path in views + (plain.map { [$0] } ?? []) {
      let file = try FeatureFile(path: path)
      if file.rows != labels.count {
        throw DataError(
          source: labelFile,
          problem: "it has \(labels.count) labels, but '\(path)' has \(file.rows) items")
      }
      try Self.checkWidth(file, as: files.first)
      files.append(file)
    }
    self.views = Array(files.prefix(views.count))
    self.plain = plain == nil ? nil : files.last
    self.labels = labels
  }

  /// Checks that a file has as many features as another.
  static func checkWidth(_ file: FeatureFile, as other: FeatureFile?) throws(DataError) {
    guard let other, file.columns != other.columns else { return }
    throw DataError(
      source: file.file.path,
      problem: "it has \(file.columns) features of an item, but '\(other.file.path)' has "
        + "\(other.columns)")
  }

  /// Reads all files once; their class sums over the given views go to `sums`.
  ///
  /// - Parameter views: Numbers of the views that means are taken over.
  /// - Throws: `DataError` for the first row that has no direction.
  func scan(_ views: Range<Int>, into sums: inout ClassSums?) throws(DataError) {
    for (number, file) in files.enumerated() {
      try file.forEachBlock { (items, block) throws(DataError) in
        if views.contains(number) { sums?.add(block, labels: labels[items]) }
      }
    }
  }
}
