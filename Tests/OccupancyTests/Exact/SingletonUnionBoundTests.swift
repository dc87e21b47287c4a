// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct SingletonUnionBoundTests {
  @Test("The bound holds the probability, and is narrow where that is small")
  func holds() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let small = SmallCase(&random)
      guard small.drawCount > 1, small.weights.count > 1 else { continue }
      let bound = SingletonUnionBound(
        law: LabelLaw(try small.distribution), sampling: small.sampling, drawCount: small.drawCount)
      let expected = small.outcomes.mean { counts in counts.count { $0 == 1 } }
      let first = bound.expectedSingletons(precision: 50)
      #expect(first.contains(expected), "seed \(RandomTests.seed), \(small)")
      let exact = small.outcomes.probability { $0.contains(1) }
      #expect(bound.probability(precision: 50).contains(exact), "\(small)")
    }
    for (sampling, n) in [(SamplingScheme.withReplacement, 3000), (.withoutReplacement, 880)] {
      let law = LabelLaw(try LabelDistribution(counts: [300, 350, 350]))
      let bound = SingletonUnionBound(law: law, sampling: sampling, drawCount: n)
      #expect(bound.probability(precision: 100).isWithin(relativePrecision: 99))
    }
  }
}
