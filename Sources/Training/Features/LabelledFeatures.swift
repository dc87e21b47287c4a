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

  /// Everything that can be read.
  private var all: [UnitRows] { views + (plain.map { [$0] } ?? []) }

  /// Reads everything once; the class sums over the given views go to `sums`.
  ///
  /// - Parameters:
  ///   - views: Numbers of the views that means are taken over.
  ///   - hashes: Receives everything that was read, where it is wanted.
  /// - Throws: `DataError` for the first row that has no direction.
  func scan(
    _ views: Range<Int>, into sums: inout ClassSums?, _ hashes: inout ClassHashes?
  ) throws(DataError) {
    for (number, rows) in all.enumerated() {
      try rows.forEachBlock { (items, block) throws(DataError) in
        if views.contains(number) { sums?.add(block, labels: labels[items]) }
        hashes?.add(block, labels: labels[items])
      }
    }
  }

  /// The same for some classes: what is read of each is added up in the same order.
  func scan(
    _ views: Range<Int>, of classes: Range<Int>, into sums: inout ClassSums?,
    _ hashes: inout ClassHashes?
  ) throws(DataError) {
    let items = labels.indices.filter { classes.contains(labels[$0]) }
    for (number, rows) in all.enumerated() {
      for start in stride(from: 0, to: items.count, by: scanRows) {
        let part = Array(items[start..<min(items.count, start + scanRows)])
        let (block, own) = (try rows.gathering(part), part.map { labels[$0] })
        if views.contains(number) { sums?.add(block, labels: own) }
        hashes?.add(block, labels: own)
      }
    }
  }

  /// Adds the labels, and of each view some rows at equal distances: enough to tell features from
  /// others, where not all of them are read.
  func addSample(to hash: inout FNV1a) throws(DataError) {
    for label in labels { hash.add(label) }
    let count = min(64, labels.count)
    let items = (0..<count).map { $0 * labels.count / count }
    for rows in all {
      for value in try rows.gathering(items).elements.elements {
        hash.add(Int(value.bitPattern))
      }
    }
  }
}
