// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct CoverageEstimateTests {
  @Test
  func theEstimatesAreNearTheTruth() throws {
    let law = LabelLaw(try LabelDistribution(counts: [40, 50, 60, 70]))
    for scheme in SamplingScheme.allCases {
      for draws in [20, 50, 90] {
        let estimate = CoverageEstimate(law: law, scheme: scheme, drawCount: draws)
        let exact = try CoverageProbability(law: law, sampling: scheme, drawCount: draws)
        let log10 = try exact.log10Complement.enclosure(precision: 40).lower.double()
        #expect(abs(estimate.logMissProbability / log10 / 2.302585 - 1) < 0.3)
        // E of the number of missed classes is at least the probability that there is one.
        let miss = try exact.complement.enclosure(precision: 40).lower.double()
        #expect(estimate.missedClasses > 0.7 * miss)
      }
    }
  }

  @Test
  func probabilitiesBelowTheRangeOfDoubleHaveALogarithm() throws {
    let law = LabelLaw(try .uniform(classCount: 10))
    let estimate = CoverageEstimate(law: law, scheme: .withReplacement, drawCount: 1_000_000)
    #expect(abs(estimate.logMissProbability - (2.302585 - 100_000)) < 1e-3)
  }
}
