// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import Bounds

@Suite struct PhiSampleTests {
  @Test("The bound of a cell is below the function all over it, and near it for short cells")
  func cells() throws {
    var generator = SplitMix64(seed: RandomTests.seed)
    func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    for (classes, k) in [(10, 31), (30, 12), (4, 3), (2, 6)] {
      let window = try #require(
        CollisionPairWindow(
          own: 1, other: 1, total: classes, sampling: .withReplacement, negativeCount: k,
          isCapped: false))
      let function = PhiFunction(window, negativeCount: k)
      for _ in 0..<RandomTests.count(20) {
        let (start, width, slope) = (6 * unit() * unit(), 2 * unit() * unit(), 1.2 * unit())
        let cell = PhiCell(left: function.sample(start), right: function.sample(start + width))
        let bound = cell.lowerBound(slope: slope)
        var least = Double.infinity
        for step in 0...10 {
          let x = function.sample(start + width * Double(step) / 10)
          least = min(least, x.value + x.valueError - slope * x.s)
        }
        #expect(bound <= least + 1e-14, "seed \(RandomTests.seed)")
        // The bound loses at most |slopes'| width and the curvature.
        let bend = max(cell.left.concaveUpper, 1)
        #expect(bound >= least - bend * width * width - 1e-9, "seed \(RandomTests.seed)")
      }
    }
  }
}
