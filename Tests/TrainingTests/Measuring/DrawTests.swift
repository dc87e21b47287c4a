// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct DrawTests {
  @Test func `a shuffled order has every image once`() {
    var generator = SplitMix64(seed: RandomTests.seed)
    let order = Draw.shuffledOrder(itemCount: 23, generator: &generator)
    #expect(order.sorted() == Array(0..<23) && order != order.sorted())
    #expect(order != Draw.shuffledOrder(itemCount: 23, generator: &generator))
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
