// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Bounds

@Suite struct PhiSampleTests {
  /// A straight line of which each of seven operations rounds upward, by more than half of what is
  /// taken off for all: found by a search.
  @Test("Roundings in one direction are taken off") func roundings() {
    let none = PhiSample(
      s: 0x1.1372fcf6a82aap-7, value: -1e9, valueError: 0, slope: 0, slopeError: 0, convexLower: 0,
      concaveUpper: 0, curvature: 0)
    let right = PhiSample(
      s: 0x1.062936fafb598p-1, value: 0x1.b60ab7591f120p-1, valueError: 0x1.f3ddd23262021p-21,
      slope: 0x1.00fff773b4c1ep+9, slopeError: 0x1.d39e45e5a779cp-21, convexLower: 0,
      concaveUpper: 0, curvature: 0)
    let slope = 0x1.c1b71f1ea99b5p-11
    func exact(_ x: Double) -> Rational { Real(x).rational }
    let end =
      exact(right.value) - exact(right.valueError) - exact(slope) * exact(right.s)
      + (exact(slope) - exact(right.slope) - exact(right.slopeError))
      * (exact(right.s) - exact(none.s))
    let bound = PhiCell(left: none, right: right).lowerBound(slope: slope)
    #expect(exact(bound) <= end)
  }

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
