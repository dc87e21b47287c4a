// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Batches that are measured together, from the products of all pairs of some draws.
///
/// A batch is a list of positions in the draws. What depends on a pair of draws, or on a draw and
/// the class means, is computed once, in however many of the batches it is.
struct BatchBlock {
  /// A batch: `size` positions, from `start` on.
  struct Batch {
    let size, start: Int
    /// How many of its draws, the first ones, are anchors.
    let anchorCount: Int

    init(size: Int, start: Int, anchorLimit: Int = BatchMeasurement.anchorLimit) {
      (self.size, self.start) = (size, start)
      anchorCount = min(size, anchorLimit)
    }
  }

  /// The draws, each a key, and an anchor if it is in the first part of a batch.
  let draws: [Draw]
  /// Positions in `draws`; several batches may have the same ones.
  let positions: [Int32]
  /// The batches, those of one size one after another.
  let batches: [Batch]

  /// Batches of draws at some positions.
  ///
  /// - Precondition: Positions are those of draws, of which there are less than 2^31.
  init(draws: [Draw], positions: [Int32], batches: [Batch]) {
    self.draws = draws
    self.positions = positions
    self.batches = batches
  }

  /// One batch.
  init(batch draws: [Draw]) {
    self.init(
      draws: draws, positions: draws.indices.map { Int32($0) },
      batches: [Batch(size: draws.count, start: 0)])
  }

  /// The batches of a part of a random order that has all of their draws.
  ///
  /// - Parameters:
  ///   - order: Items.
  ///   - sizes: Of the batches, which begin at multiples of their size.
  init(part order: [Int], sizes: [Int]) {
    self.init(
      draws: order.map { Draw(shuffled: $0) }, positions: order.indices.map { Int32($0) },
      batches: sizes.flatMap { Self.batches(count: order.count, size: $0, start: 0) })
  }

  /// The batches of several random orders of all items, whose views are the same in all of them.
  ///
  /// - Parameter share: Which of the batches of a size, counted order by order; nil for all.
  init(orders: [[Int]], sizes: [Int], share: (_ size: Int) -> Range<Int>? = { _ in nil }) {
    let itemCount = orders[0].count
    self.init(
      draws: (0..<itemCount).map { Draw(shuffled: $0) },
      positions: orders.flatMap { $0.map { Int32($0) } },
      batches: sizes.flatMap { size in
        let all = orders.indices.flatMap {
          Self.batches(count: itemCount, size: size, start: $0 * itemCount)
        }
        return all[share(size) ?? all.indices]
      })
  }

  private static func batches(count: Int, size: Int, start: Int) -> [Batch] {
    (0..<count / size).map { Batch(size: size, start: start + $0 * size) }
  }
}
