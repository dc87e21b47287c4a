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
    for sampling in SamplingScheme.allCases {
      for draws in [20, 50, 90] {
        let estimate = CoverageEstimate(try law.product(sampling))
        let missProbability = estimate.logTails(drawCount: Double(draws)).missed
        let exact = try CoverageProbability(law: law, sampling: sampling, drawCount: draws)
        let log10 = try exact.log10Complement.enclosure(precision: 40).lower.double()
        #expect(abs(missProbability / log10 / 2.302585 - 1) < 0.3)
        // T_1 by its definition: no draw falls in a class of c of the 220 items.
        let missed = [40, 50, 60, 70].reduce(0.0) { sum, size in
          sum
            + (0..<draws).reduce(1.0) { product, i in
              let drawn = sampling == .withReplacement ? 0 : Double(i)
              return product * (220 - Double(size) - drawn) / (220 - drawn)
            }
        }
        #expect(abs(log(estimate.missedClasses(drawCount: Double(draws))) / log(missed) - 1) < 0.3)
      }
    }
  }

  @Test
  func probabilitiesBelowTheRangeOfDoubleHaveALogarithm() throws {
    let law = LabelLaw(try .uniform(classCount: 10))
    let tails = CoverageEstimate(try law.product(.withReplacement))
      .logTails(drawCount: 1_000_000)
    #expect(abs(tails.missed - (2.302585 - 100_000)) < 1e-3)
  }

  @Test("Estimates of some classes pass smoothly through the mean")
  func mean() throws {
    let law = LabelLaw(try .uniform(classCount: 13_062))
    let goal = try CoverageGoal(copies: 4, atLeast: 4009)
    let estimate = CoverageEstimate(try law.product(.withReplacement, goal))
    let values: [Double] = (36_400...36_600).map {
      estimate.logTails(drawCount: Double($0)).missed
    }
    let slopes: [Double] = zip(values.dropFirst(), values).map { $0 - $1 }
    for (next, slope) in zip(slopes.dropFirst(), slopes) {
      #expect(next < 0 && abs(next / slope - 1) < 0.02)
    }
  }
}
