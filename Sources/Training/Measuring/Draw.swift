// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// A draw of a batch: an image, with the views that stand for it as an anchor and as a key.
struct Draw: Hashable {
  let item, anchorView, keyView: Int

  /// A draw of an image without replacement: view 0 is the anchor, view 1 the key.
  init(shuffled item: Int) {
    (self.item, anchorView, keyView) = (item, 0, 1)
  }

  /// A draw of a view of an image as the anchor and of another as the key.
  init(item: Int, anchorView: Int, keyView: Int) {
    (self.item, self.anchorView, self.keyView) = (item, anchorView, keyView)
  }

  /// All images in a random order, which batches without replacement are cut from, whatever their
  /// size; of the last, incomplete batch there is none.
  static func shuffledOrder(itemCount: Int, generator: inout SplitMix64) -> [Int] {
    var order = Array(0..<itemCount)
    generator.shuffle(&order)
    return order
  }

  /// Batches of `size` independent draws: image, anchor's view and key's view are uniform. As many
  /// batches as there would be without replacement, and at least one.
  static func independentBatches(
    itemCount: Int, size: Int, viewCount: Int, generator: inout SplitMix64
  ) -> [[Draw]] {
    (0..<max(1, itemCount / size)).map { _ in
      (0..<size).map { _ in
        let item = generator.index(below: itemCount)
        let anchorView = generator.index(below: viewCount)
        return Draw(
          item: item, anchorView: anchorView, keyView: generator.index(below: viewCount))
      }
    }
  }
}
