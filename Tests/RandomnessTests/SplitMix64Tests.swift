// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@Suite struct SplitMix64Tests {
  @Test func `the numbers are those of the published algorithm`() {
    // The sequence of seed 1234567 that implementations are commonly checked with.
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<3).map { _ in generator.next() }
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test func `different keys give different sequences, and the order of keys counts`() {
    var states: Set<UInt64> = []
    for a in 0..<20 as Range<UInt64> {
      for b in 0..<20 as Range<UInt64> { states.insert(SplitMix64(keys: a, b).state) }
    }
    #expect(states.count == 400)
  }

  @Test func `numbers below a bound are all there, and a shuffle keeps all elements`() {
    var random = SplitMix64(seed: RandomTests.seed)
    #expect(Set((0..<1000).map { _ in random.index(below: 7) }) == Set(0..<7))
    var elements = Array(0..<100)
    random.shuffle(&elements)
    #expect(elements != Array(0..<100))
    #expect(elements.sorted() == Array(0..<100))
    #expect((0..<1000).allSatisfy { _ in (2...3).contains(random.uniform(2, 3)) })
  }

  @Test func `all orders of three elements are about equally likely`() {
    var random = SplitMix64(seed: RandomTests.seed)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 {
      var elements = [0, 1, 2]
      random.shuffle(&elements)
      counts[elements, default: 0] += 1
    }
    // 1000 each, with a standard deviation of 29.
    #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 1000) < 180 })
  }
}
