// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ShortfallBoundTests {
  @Test
  func theBoundAndTheMeanContainTheEnumeratedValues() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(200) {
      let item = SmallCase(&random)
      guard item.weights.count > 1 else { continue }
      let copies = Int.random(in: 1...4, using: &random)
      let outcomes = item.outcomes
      let exact = outcomes.probability { counts in counts.contains { $0 < copies } }
      let mean = outcomes.all.reduce(Rational(0)) { sum, outcome in
        sum + outcome.probability * Rational(outcome.counts.count { $0 < copies })
      }
      let bound = ShortfallBound(
        law: LabelLaw(try item.distribution), sampling: item.sampling, drawCount: item.drawCount,
        copies: copies)
      for precision in [10, 80] {
        let note = "seed \(RandomTests.seed), \(item), \(copies) copies"
        #expect(bound.probability(precision: precision).contains(exact), "\(note)")
        #expect(bound.expectedCount(precision: precision).contains(mean), "\(note)")
      }
    }
  }

  @Test(arguments: SamplingScheme.allCases)
  func theRelativeWidthIsBelowTheBoundItself(sampling: SamplingScheme) throws {
    let law = LabelLaw(try LabelDistribution(counts: [40, 50, 60]))
    let exact =
      1
      - (try CoverageProbability(
        law: law, sampling: sampling, drawCount: 90, goal: CoverageGoal(copies: 3)
      ).exactValue())
    let bound = ShortfallBound(law: law, sampling: sampling, drawCount: 90, copies: 3)
      .probability(precision: 200)
    #expect(bound.contains(exact))
    let width = bound.upper.rational - bound.lower.rational
    #expect(width <= bound.upper.rational * bound.lower.rational)
  }
}
