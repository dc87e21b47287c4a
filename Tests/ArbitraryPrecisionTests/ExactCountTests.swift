// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct ExactCountTests {
  /// Numbers of up to so many bits, the largest among them.
  private func numbers(bits: Int, _ random: inout SplitMix64) -> [Integer] {
    let limit = Integer(2).power(bits)
    let some = (0..<RandomTests.count(100)).map { _ in
      let (x, y) = (
        Int.random(in: 0...(.max), using: &random), Int.random(in: 0...(.max), using: &random)
      )
      return (Integer(x) * Integer(y) * 8 + 5).floorDivided(
        by: Integer(2).power(Int.random(in: 0...127, using: &random))
      )
      .quotient.floorDivided(by: limit).remainder
    }
    return some + [0, 1, limit - 1]
  }

  @Test func countsAreTheNumbersTheyStandFor() {
    var random = SplitMix64(seed: RandomTests.seed)
    for number in numbers(bits: 128, &random) + [Integer(2).power(63), Integer(2).power(64)] {
      #expect(WordCount(number).integer == number, "seed \(RandomTests.seed)")
      #expect(LongCount(number).integer == number)
    }
  }

  @Test func productsAddUpAlike() {
    var random = SplitMix64(seed: RandomTests.seed)
    var (word, long) = (WordCount(0), LongCount(0))
    var sum: Integer = 0
    for (x, y) in zip(numbers(bits: 70, &random), numbers(bits: 50, &random)) {
      word.addProduct(WordCount(x), WordCount(y))
      long.addProduct(LongCount(x), LongCount(y))
      sum += x * y
      #expect(word.integer == sum && long.integer == sum, "seed \(RandomTests.seed)")
    }
  }
}
