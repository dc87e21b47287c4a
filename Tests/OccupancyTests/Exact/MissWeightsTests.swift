// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct MissWeightsTests {
  @Test(arguments: SamplingScheme.allCases)
  func theSumContainsTheExactOne(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      // Gaps on both sides of the limit up to which factors are walked.
      let weights = (0..<Int.random(in: 2...5, using: &random)).map { _ in
        Int.random(in: 1...900, using: &random)
      }
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let total = weights.reduce(0, +)
      let draws = Int.random(in: 1...total, using: &random)
      let precision = Int.random(in: 20...200, using: &random)
      let miss = MissWeights(law: law, sampling: sampling, drawCount: draws)
      let value = miss.sum(try law.requirement().singleClasses(), precision: precision).enclosure()
      let exact = weights.reduce(0 as Rational) { sum, w in
        sum
          + (sampling == .withReplacement
            ? Rational(total - w, total).power(draws)
            : Rational(Integer.binomial(total - w, draws), Integer.binomial(total, draws)))
      }
      #expect(value.contains(exact), "seed \(RandomTests.seed), \(weights), n = \(draws)")
      #expect(value.isWithin(relativePrecision: precision - 15) || exact.signum == 0)
    }
  }

  @Test
  func walkedAndLogarithmicGapsAgree() throws {
    // 400 factors are walked, 401 are not: P(401) = P(400) (M - n - 400)/(M - 400).
    let law = LabelLaw(try LabelDistribution(counts: [5000, 5000]))
    let draws = 3000
    func chance(_ weight: Int) -> RealBall {
      MissWeights(law: law, sampling: .withoutReplacement, drawCount: draws)
        .sum([SubsetLevels.Term(weight: Integer(weight), count: 1)], precision: 150)
    }
    var walked = chance(400)
    walked.multiply(by: 10000 - draws - 400)
    walked.divide(by: 10000 - 400)
    let jumped = chance(401).enclosure()
    #expect(jumped.overlaps(walked.enclosure()))
    #expect(jumped.isWithin(relativePrecision: 140))
  }

  @Test
  func nothingIsMissedWhereTheOthersCannotHoldTheDraws() throws {
    let law = LabelLaw(try LabelDistribution(counts: [2, 3, 600]))
    let sum = MissWeights(law: law, sampling: .withoutReplacement, drawCount: 604)
      .sum(try law.requirement().singleClasses(), precision: 64).enclosure()
    #expect(sum.isExact && sum.contains(0))
  }
}
