// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// A draw of a batch: an image, with the views that stand for it as an anchor and as a key.
struct Draw: Hashable {
  let item, anchorView, keyView: Int

  /// Bytes of the batches of a pass, and of the order that they are cut from.
  static func byteCount(itemCount: Int, size: Int) -> Double {
    let draws = Double(max(1, itemCount / size)) * Double(size)
    return Double(MemoryLayout<Draw>.stride) * draws + 8 * Double(itemCount)
  }

  /// Batches of `size` images without replacement: all images in a random order, cut, the last
  /// incomplete batch left out; view 0 is the anchor, view 1 the key.
  static func shuffledBatches(
    itemCount: Int, size: Int, generator: inout SplitMix64
  ) -> [[Draw]] {
    var order = Array(0..<itemCount)
    generator.shuffle(&order)
    return (0..<itemCount / size).map { batch in
      order[batch * size..<(batch + 1) * size].map { Draw(item: $0, anchorView: 0, keyView: 1) }
    }
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
