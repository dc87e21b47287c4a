// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct SimplexFrameOptimumTests {
  @Test("The terms at the frame are the expectations of their definition")
  func frameTerms() throws {
    // Three classes, two negatives: labels of the anchor and both in all 27 ways.
    let optimum = try SimplexFrameOptimum(try uniform(3, 2))
    let q = exp(-3.0)
    var (loss, uncovered, free) = (0.0, 0.0, 0.0)
    for a in 0..<3 {
      for b in 0..<3 {
        let collisions = (a == 0 ? 1 : 0) + (b == 0 ? 1 : 0)
        loss += log(1 + Double(collisions) + Double(2 - collisions) * q) / 9
        let others = Set([a, b].filter { $0 != 0 }).count
        if others < 2 {
          uncovered += log(1 + Double(others) * q) / 9
          if collisions == 0 { free += log(1 + Double(others) * q) / 9 }
        }
      }
    }
    #expect(isClose(try optimum.contrastiveLoss.double, loss))
    #expect(isClose(try optimum.supervisedLoss.double, log(1 + 2 * q)))
    #expect(isClose(try #require(try optimum.uncoveredSubsetTerm()).double, uncovered))
    #expect(
      isClose(try #require(try optimum.collisionFreeUncoveredTerm()).double, free))
  }
}
