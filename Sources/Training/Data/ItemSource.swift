// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Labelled items of one kind, images or texts, that views are drawn from as rows of floats.
protocol ItemSource: Sendable {
  /// The class of each item, at least 0.
  var labels: [Int] { get }

  /// The shape of a row, of which the first layer of an encoder makes sense: an image, or a line.
  var rowShape: ImageShape { get }

  /// Bytes of memory that the items take, roughly.
  var byteCount: Int { get }

  /// Writes a view of an item.
  ///
  /// - Parameters:
  ///   - item: The number of the item.
  ///   - augmentation: How much the view may differ from the item.
  ///   - generator: Made of seed, purpose, epoch, item and view.
  ///   - row: (inputWidth); receives the view.
  func writeView(
    of item: Int, augmentation: Augmentation, generator: inout SplitMix64, into row: FloatVector)

  /// Writes an item as it is.
  func write(_ item: Int, into row: FloatVector)

  /// Some of the items, in the order of `indices`.
  func choosing(_ indices: [Int]) -> any ItemSource

  /// Adds the items without their labels to a hash.
  func add(to hash: inout FNV1a)
}

extension ItemSource {
  /// Floats in a row.
  var inputWidth: Int { rowShape.pixelCount }

  /// How many items there are.
  var count: Int { labels.count }

  /// How many items each of `classCount` classes has.
  func classSizes(classCount: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: classCount)
    for label in labels { sizes[label] += 1 }
    return sizes
  }
}
