// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features of a source as they are measured: unit rows, and classes numbered from 0.
struct LabelledFeatures {
  /// Views; may be empty.
  let views: [UnitRows]
  /// Without augmentation.
  let plain: UnitRows?
  /// The number of the class of each item.
  let labels: [Int]

  /// Nothing is read yet.
  init(_ source: any FeatureSource, labels: [Int]) {
    views = (0..<source.viewCount).map { UnitRows(source, .view($0)) }
    plain = source.hasPlain ? UnitRows(source, .plain) : nil
    self.labels = labels
  }

  /// What stands for an item by itself: without augmentation, or else the first view.
  var items: UnitRows? { plain ?? views.first }

  /// Reads everything once; the class sums over the given views go to `sums`.
  ///
  /// - Parameter views: Numbers of the views that means are taken over.
  /// - Throws: `DataError` for the first row that has no direction.
  func scan(_ views: Range<Int>, into sums: inout ClassSums?) throws(DataError) {
    for (number, rows) in (self.views + (plain.map { [$0] } ?? [])).enumerated() {
      try rows.forEachBlock { (items, block) throws(DataError) in
        if views.contains(number) { sums?.add(block, labels: labels[items]) }
      }
    }
  }
}
