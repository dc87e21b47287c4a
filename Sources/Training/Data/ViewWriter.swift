// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Writes views of items into the rows of a matrix, the same views whatever the order or thread.
struct ViewWriter {
  let source: any ItemSource
  let augmentation: Augmentation
  let seed: UInt64
  let purpose: Augmentation.Purpose
  let epoch: Int

  /// Writes one view of each of `items` into the rows of a matrix.
  ///
  /// - Parameters:
  ///   - items: Numbers of items.
  ///   - view: The number of the view.
  ///   - rows: (items.count, inputWidth).
  func write(items: ArraySlice<Int>, view: Int, into rows: Matrix, engine: Engine) {
    precondition(rows.rows == items.count, "\(rows.rows) rows for \(items.count) items")
    // About 15 nanoseconds a value.
    engine.divide(items.count, cost: 15 * Double(rows.columns)) { _, range in
      for row in range {
        let item = items[items.startIndex + row]
        var generator = SplitMix64(
          keys: seed, purpose.rawValue, UInt64(epoch), UInt64(item), UInt64(view))
        source.writeView(
          of: item, augmentation: augmentation, generator: &generator, into: rows[row: row])
      }
    }
  }
}
