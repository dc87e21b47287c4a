// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A hash of the features of each class, item by item and view by view.
struct ClassHashes: Equatable {
  private(set) var values: [UInt64]

  /// Of nothing yet.
  init(classCount: Int) { values = [UInt64](repeating: FNV1a().value, count: classCount) }

  /// Adds rows to the hashes of their classes.
  mutating func add(_ features: Matrix, labels: some Collection<Int>) {
    for (row, label) in labels.enumerated() {
      var value = values[label]
      for j in 0..<features.columns {
        // Each step can be undone, so that rows which differ in one number have different hashes.
        value = (value ^ UInt64(features[row, j].bitPattern)) &* 0x100_0000_01B3
        value ^= value >> 29
      }
      values[label] = value
    }
  }
}
