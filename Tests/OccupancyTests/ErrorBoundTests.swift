// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

/// The bounds themselves: never below the true error, and not absurdly above it.
struct ErrorBoundTests {
  @Test(arguments: [OccupancyMethod.contour, .inclusionExclusion, .stirling])
  func certifiedErrorsAreNeverBelowTrueOnesNorFarAbove(method: OccupancyMethod) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var ratios: [Double] = []
    while ratios.count < RandomTests.count(1000) {
      let item = SmallCase(&random)
      // The recurrence rounds for equal classes only; for others it is exact.
      let weights = method == .stirling ? item.weights.map { _ in item.weights[0] } : item.weights
      if item.sampling == .withoutReplacement && item.drawCount > weights.reduce(0, +) { continue }
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let v = try CoverageProbability(
        law: law, sampling: item.sampling, drawCount: item.drawCount, method: method)
      if v.certain != nil { continue }
      let precision = Int.random(in: 20...200, using: &random)
      let exact = try #require(
        try ClassConvolution(requirement: law.requirement(), sampling: item.sampling)
          .probability(drawCount: item.drawCount, within: 60))
      let tails = try v.tails(precision: precision)
      for (enclosure, truth) in [(tails.probability, exact), (tails.complement, 1 - exact)] {
        let comparison = ErrorComparison(enclosure, exact: truth)
        #expect(
          comparison.actual <= comparison.certified,
          "seed \(RandomTests.seed), \(item), \(precision) bits")
        ratios.append(comparison.ratio)
      }
    }
    let finite = ratios.filter(\.isFinite).sorted()
    #expect(finite.count > ratios.count / 4)
    let median = finite[finite.count / 2]
    #expect(median <= 1e6, "the median is \(median)")
  }

  @Test
  func allMethodsAgreeToAThousandDigits() throws {
    let cases: [(weights: [Int], draws: Int)] = [
      ([2, 2, 2], 7), ([2, 3, 6], 9), ([4, 4, 4], 10), ([1, 2, 4], 9),
      ([6, 6, 6, 6, 6, 6], 30), ([3, 3, 9, 9, 9], 20),
    ]
    for item in cases {
      let law = LabelLaw(try LabelDistribution(counts: item.weights))
      for sampling in SamplingScheme.allCases {
        // As many draws as the set allows short of certainty.
        let most = item.weights.reduce(0, +) - (item.weights.min() ?? 0)
        let draws = sampling == .withReplacement ? item.draws : min(item.draws, most)
        let printed = try OccupancyMethod.allCases.map { method in
          let v = try CoverageProbability(
            law: law, sampling: sampling, drawCount: draws, method: method)
          return [
            try v.value.decimal(significantDigits: 1000),
            try v.complement.decimal(significantDigits: 1000),
          ]
        }
        #expect(Set(printed).count == 1, "\(item), \(sampling)")
      }
    }
  }

  @Test(arguments: SamplingScheme.allCases, [OccupancyMethod.contour, .auto])
  func coverageGrowsWithTheDraws(sampling: SamplingScheme, method: OccupancyMethod) throws {
    let law = LabelLaw(try LabelDistribution(counts: [3, 5, 8, 8, 13]))
    var last = Enclosure(0)
    for draws in 1...37 {
      let tails = try CoverageProbability(
        law: law, sampling: sampling, drawCount: draws, method: method
      ).tails(precision: 70)
      if draws <= 5 || tails.probability.isExact {
        #expect(last.upper <= tails.probability.lower, "n = \(draws)")
      } else {
        #expect(last.upper < tails.probability.lower, "n = \(draws)")
      }
      last = tails.probability
    }
  }

  @Test
  func doublingTheDigitsExtendsTheOldOnes() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(50) {
      let item = SmallCase(&random)
      let v = try CoverageProbability(
        law: LabelLaw(item.distribution), sampling: item.sampling, drawCount: item.drawCount)
      let exact = try v.exactValue()
      if exact.signum == 0 { continue }
      var digits = 3
      while digits <= 96 {
        let text = try v.value.decimal(significantDigits: digits)
        // Half a unit of the last digit off at most, decided exactly.
        let error = (try Rational(parsing: text) - exact).magnitude
        let unit = exact * Rational(1, Integer(10).power(digits - 1))
        #expect(2 * error <= unit, "seed \(RandomTests.seed), \(item), \(digits) digits")
        digits *= 2
      }
    }
  }
}
