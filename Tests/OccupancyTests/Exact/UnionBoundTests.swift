// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct UnionBoundTests {
  @Test
  func theBoundContainsTheMissProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let item = SmallCase(&random)
      let exact = item.outcomes.probability { counts in counts.contains(0) }
      let bound = UnionBound(
        law: LabelLaw(try item.distribution), sampling: item.sampling, drawCount: item.drawCount)
      for precision in [10, 80] {
        #expect(
          bound.missProbability(precision: precision).contains(exact),
          "seed \(RandomTests.seed), \(item)")
      }
    }
  }

  @Test(arguments: SamplingScheme.allCases)
  func theRelativeWidthIsBelowTheBoundItself(sampling: SamplingScheme) throws {
    let law = LabelLaw(try LabelDistribution(counts: [40, 50, 60]))
    let exact =
      1 - (try CoverageProbability(law: law, sampling: sampling, drawCount: 90).exactValue())
    let bound = UnionBound(law: law, sampling: sampling, drawCount: 90).missProbability(
      precision: 200)
    #expect(bound.contains(exact))
    let width = bound.upper.rational - bound.lower.rational
    #expect(width <= bound.upper.rational * bound.lower.rational)
  }
}
