// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct AnchorSampleTests {
  @Test func `up to the limit all rows are anchors, whatever the seed`() {
    for seed in 0..<3 {
      let sample = AnchorSample(rowCount: 10, seed: UInt64(seed), limit: 10)
      #expect(sample.rows == Array(0..<10) && !sample.isPart)
    }
    #expect(AnchorSample(rowCount: 1 << 14, seed: 1).rows.count == 1 << 14)
    #expect(AnchorSample(rowCount: 1 + 1 << 14, seed: 1).isPart)
  }

  @Test func `of more rows as many as the limit are, each as likely`() {
    var counts = [Int](repeating: 0, count: 20)
    for seed in 0..<400 {
      let sample = AnchorSample(rowCount: 20, seed: RandomTests.seed &+ UInt64(seed), limit: 5)
      #expect(sample.isPart && sample.rows.count == 5 && sample.rows == Set(sample.rows).sorted())
      for row in sample.rows { counts[row] += 1 }
    }
    // Each is in a quarter of 400 samples: 100 times, with a standard deviation of 8.7.
    #expect(counts.allSatisfy { abs($0 - 100) < 45 }, "seed \(RandomTests.seed)")
  }
}
