// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct DrawTests {
  @Test func `without replacement every image is drawn once, but for the incomplete batch`() {
    var generator = SplitMix64(seed: RandomTests.seed)
    let batches = Draw.shuffledBatches(itemCount: 23, size: 5, generator: &generator)
    #expect(batches.map(\.count) == [5, 5, 5, 5])
    let items = batches.flatMap { $0.map(\.item) }
    #expect(Set(items).count == 20 && items.allSatisfy { (0..<23).contains($0) })
    #expect(items != items.sorted())
    #expect(batches.joined().allSatisfy { $0.anchorView == 0 && $0.keyView == 1 })
  }

  @Test func `independent draws have all images and pairs of views alike`() {
    var generator = SplitMix64(seed: RandomTests.seed)
    var counts: [Draw: Int] = [:]
    for _ in 0..<400 {
      let batches = Draw.independentBatches(
        itemCount: 6, size: 3, viewCount: 2, generator: &generator)
      #expect(batches.map(\.count) == [3, 3])
      for draw in batches.joined() { counts[draw, default: 0] += 1 }
    }
    // 2400 draws among 24 possibilities: 100 each, with a standard deviation of 10.
    #expect(counts.count == 24, "seed \(RandomTests.seed)")
    #expect(counts.values.allSatisfy { abs($0 - 100) < 60 }, "seed \(RandomTests.seed)")
    let large = Draw.independentBatches(
      itemCount: 2, size: 7, viewCount: 1, generator: &generator)
    #expect(large.map(\.count) == [7])
  }
}
