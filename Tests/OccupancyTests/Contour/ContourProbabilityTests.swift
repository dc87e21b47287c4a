// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ContourProbabilityTests {
  @Test
  func theEnclosureIsWithinThePrecisionAskedFor() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let weights = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        Int.random(in: 1...6, using: &random)
      }
      let draws = Int.random(in: (weights.count + 1)...40, using: &random)
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let precision = Int.random(in: 1...300, using: &random)
      let found = try ContourProbability(
        law.allReached(.withReplacement), drawCount: draws
      ).enclosure(precision: precision)
      let exact = try #require(
        try ClassConvolution(requirement: law.requirement(), sampling: .withReplacement)
          .probability(drawCount: draws, within: 60))
      let note = "seed \(RandomTests.seed), \(weights), n = \(draws), \(precision) bits"
      #expect(found.contains(exact), "\(note)")
      #expect(found.isWithin(relativePrecision: precision), "\(note)")
    }
  }

  @Test(arguments: [1, 2, 5, 20])
  func aWeightOfAllDrawsThatIsStillUnknownIsNotDividedBy(precision: Int) throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2, 4]))
    for m in 0...2 {
      let joint = try CoveredCollisionLaw(
        law: law, sampling: .withReplacement, negativeCount: 999_999_999_999_999)
      let value = try joint.pmf(m).enclosure(precision: precision)
      #expect(value.isWithin(relativePrecision: precision))
    }
  }
}
