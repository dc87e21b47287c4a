// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

struct BisectionTests {
  @Test func everyAnswerIsFoundInFewSteps() {
    for range in [0..<0, -3..<5, 7..<8, -1..<1000] {
      for answer in range.lowerBound...range.upperBound {
        var steps = 0
        let found = range.first(fromWhichOn: { n in
          steps += 1
          return n >= answer
        })
        check(found == answer && steps <= range.count.bitLength, "\(range) \(answer)")
      }
    }
  }

  @Test func theWidestRangeDoesNotOverflow() {
    let found = (Int.min / 2..<Int.max / 2).first(fromWhichOn: { $0 >= 12_345 })
    check(found == 12_345, "\(found)")
  }
}
