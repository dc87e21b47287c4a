// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// The rows that are anchors of exact means: all, or of many a uniform sample.
///
/// Row r of M items in V views is item r mod M in view r div M.
struct AnchorSample {
  /// The most rows of which all are anchors, and how many of more are.
  static let limit = 16_384

  /// The number of rows, M V.
  let rowCount: Int
  /// The anchors, in ascending order.
  let rows: [Int]

  /// Whether some rows are no anchors.
  var isPart: Bool { rows.count < rowCount }

  /// All rows, or `limit` of them, each subset of that size being as likely.
  ///
  /// - Parameter seed: Of the sample; it plays no role where all rows are anchors.
  /// - Complexity: O(rows).
  init(rowCount: Int, seed: UInt64, limit: Int = Self.limit) {
    self.rowCount = rowCount
    guard rowCount > limit else {
      rows = Array(0..<rowCount)
      return
    }
    var generator = SplitMix64(keys: seed, Augmentation.Purpose.anchors.rawValue)
    var rows: [Int] = []
    rows.reserveCapacity(limit)
    // Selection sampling: D. Knuth, *The Art of Computer Programming* 2, section 3.4.2, algorithm S.
    for row in 0..<rowCount where generator.index(below: rowCount - row) < limit - rows.count {
      rows.append(row)
    }
    self.rows = rows
  }
}
