// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct InclusionExclusionTests {
  @Test
  func truncatedSumsContainTheMissProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let isUniform = Bool.random(using: &random)
      let weights = (0..<Int.random(in: 2...12, using: &random)).map { _ in
        isUniform ? 20 : Int.random(in: 15...30, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let total = weights.reduce(0, +)
      let draws = Int.random(in: weights.count...(total - 1), using: &random)
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let sum = InclusionExclusion(
        requirement: try law.requirement(), sampling: sampling, drawCount: draws)
      let exact = 1 - (try #require(sum.exactValue(within: 60)))
      // Few bits truncate early, at odd and at even levels.
      for precision in [1, 4, 10, 40, 150] {
        let miss = try sum.missProbability(precision: precision)
        let note =
          "seed \(RandomTests.seed), \(weights), n = \(draws), \(sampling), \(precision) bits"
        #expect(miss.contains(exact), "\(note)")
        // 2^-precision min(T_1, 1), and T_1 >= 1 - v.
        let width = miss.upper.rational - miss.lower.rational
        #expect(
          width <= Rational(Integer(8 * weights.count), Integer(1).shiftedLeft(by: precision)),
          "\(note)")
      }
    }
  }

  @Test
  func theExactLawIsThatOfTheConvolution() throws {
    // Also weights with a common factor, and gaps over which a binomial coefficient is made anew.
    for (sampling, weights) in SamplingScheme.allCases.flatMap({ sampling in
      [[2, 3, 3, 5, 7], [20, 20, 20, 20, 20], [4, 6, 10, 20, 20], [1, 1, 2, 150, 300]].map {
        (sampling, $0)
      }
    }) {
      let law = LabelLaw(try LabelDistribution(counts: weights))
      for draws in 1...20 {
        let sum = InclusionExclusion(
          requirement: try law.requirement(), sampling: sampling, drawCount: draws)
        let convolution = ClassConvolution(
          requirement: try law.requirement(), sampling: sampling)
        let top = min(draws, 5)
        #expect(
          sum.exactDistinctLaw(upTo: top, within: 60)
            == convolution.distinctLaw(drawCount: draws, within: 60))
        #expect(
          sum.exactValue(within: 60) == convolution.probability(drawCount: draws, within: 60))
      }
    }
  }

  @Test
  func manyDrawsCostNoMoreThanFew() throws {
    // T_1 = 10 (9/10)^n has an exponent of 1.5e14: neither the precision nor the levels grow with
    // it.
    let law = LabelLaw(try .uniform(classCount: 10))
    let sum = InclusionExclusion(
      requirement: try law.requirement(), sampling: .withReplacement,
      drawCount: 1_000_000_000_000_000)
    let miss = try sum.missProbability(precision: 60)
    #expect(miss.isWithin(relativePrecision: 58))
    #expect(miss.lower.binaryExponent == -152_003_093_445_046)
  }

  @Test
  func workBeyondAMinuteIsRefused() throws {
    let law = LabelLaw(try .uniform(classCount: 1_000_000))
    let sum = InclusionExclusion(
      requirement: try law.requirement(), sampling: .withReplacement, drawCount: 1_000_000)
    #expect(throws: CapacityError.self) { try sum.missProbability(precision: 53) }
    #expect(sum.exactValue(within: 60) == nil)
  }

  /// Its 5000 powers share primes: a power each would be estimated at twice the limit.
  @Test
  func aShortFractionOfManyTermsIsNotRefused() throws {
    let coverage = try CoverageProbability(
      law: LabelLaw(try .uniform(classCount: 5000)), sampling: .withReplacement,
      drawCount: 50_000)
    let exact = try coverage.exactValue()
    #expect(try coverage.tails(precision: 64).probability.contains(exact))
  }
}
