// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct SubsetLevelsTests {
  @Test
  func levelsCountTheSubsetsOfEachWeight() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let weights = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Int.random(in: 1...5, using: &random)
      }
      let limit = Int.random(in: 0...10, using: &random)
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let subsets = try #require(try SubsetLevels(law.requirement(), levelLimit: limit))
      #expect(subsets.isComplete == (limit >= weights.count))
      #expect(subsets.levels.count == min(limit, weights.count) + 1)
      var counts: [[Int: Int]] = Array(repeating: [:], count: weights.count + 1)
      for set in 0..<(1 << weights.count) {
        let members = weights.indices.filter { set >> $0 & 1 == 1 }
        counts[members.count][members.reduce(0) { $0 + weights[$1] }, default: 0] += 1
      }
      for (j, level) in subsets.levels.enumerated() {
        let found = Dictionary(uniqueKeysWithValues: level.map { ($0.weight.int, $0.count.int) })
        let expected = Dictionary(
          uniqueKeysWithValues: counts[j].map { (Optional($0), Optional($1)) })
        #expect(found == expected, "seed \(RandomTests.seed), \(weights), level \(j)")
        #expect(level.map(\.weight) == level.map(\.weight).sorted())
      }
    }
  }

  @Test
  func tooManySubsetsAreRefused() throws {
    // All 2^40 subsets have different weights.
    let law = LabelLaw(try LabelDistribution(counts: (0..<40).map { 1 << $0 }))
    #expect(try SubsetLevels(law.requirement(), levelLimit: 40) == nil)
    let uniform = LabelLaw(try .uniform(classCount: 2_000_000))
    #expect(try SubsetLevels(uniform.requirement(), levelLimit: 1_500_000) == nil)
  }
}
