// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct EvenMissSumTests {
  /// 1 - v_n by its definition, for c classes of weight w of M in all.
  private func exactMiss(_ c: Int, _ n: Int, weight w: Int = 1, total: Int? = nil) -> Rational {
    let total = total ?? c * w
    return (1...c).reduce(0) { sum, j in
      let term = Rational(
        Integer.binomial(c, j) * Integer(total - j * w).power(n), Integer(total).power(n))
      return j % 2 == 1 ? sum + term : sum - term
    }
  }

  @Test
  func theSumContainsTheMissProbabilityWhateverThePlan() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(150) {
      let c = Int.random(in: 2...30, using: &random)
      let n = Int.random(in: c...(8 * c), using: &random)
      // Any number of levels with any estimate of their sizes: odd and even ends, all terms.
      let levels = (0..<Int.random(in: 1...(c + 2), using: &random)).map { _ in
        Double.random(in: -90...20, using: &random)
      }
      let precision = Int.random(in: 1...150, using: &random)
      // Among other classes, which need not come, at times.
      let weight = Int.random(in: 1...6, using: &random)
      let others = Bool.random(using: &random) ? [] : [Int.random(in: 1...40, using: &random)]
      let law = try LabelLaw.counts(Array(repeating: weight, count: c) + others)
      let requirement = try law.requirement(CoverageGoal(required: c))
      let sum = try #require(EvenMissSum(requirement, .withReplacement, n))
      let miss = sum.missProbability(levelLog2: levels, precision: precision)
      let exact = exactMiss(c, n, weight: weight, total: law.total.int)
      let note =
        "seed \(RandomTests.seed), C = \(c) of \(weight) beside \(others), n = \(n), "
        + "\(levels), \(precision) bits"
      #expect(miss.contains(exact), "\(note)")
    }
  }

  @Test
  func unequalClassesAndSetsHaveNoSuchSum() throws {
    let equal = try LabelLaw.counts([2, 2]).requirement()
    let unequal = try LabelLaw.counts([2, 3]).requirement()
    #expect(EvenMissSum(equal, .withReplacement, 3) != nil)
    #expect(EvenMissSum(equal, .withoutReplacement, 3) == nil)
    #expect(EvenMissSum(unequal, .withReplacement, 3) == nil)
  }

  @Test
  func goodPlansMeetThePrecision() throws {
    for (c, n) in [(40, 200), (100, 700), (333, 4000), (25, 25)] {
      let law = LabelLaw(try .uniform(classCount: c))
      let sum = InclusionExclusion(
        requirement: try law.requirement(), sampling: .withReplacement, drawCount: n)
      let exact = exactMiss(c, n)
      for precision in [20, 100, 400] {
        let miss = try sum.missProbability(precision: precision)
        #expect(miss.contains(exact))
        #expect(miss.isWithin(relativePrecision: precision - 2), "C = \(c), n = \(n)")
      }
    }
  }

  @Test
  func bothTailsAgreeWithTheContour() throws {
    for (c, n) in [(1000, 7709), (21_841, 300_000), (1_000_000, 20_000_000)] {
      let law = LabelLaw(try .uniform(classCount: c))
      func tails(_ method: OccupancyMethod) throws -> Tails {
        try CoverageProbability(
          law: law, sampling: .withReplacement, drawCount: n, method: method
        ).tails(precision: 170)
      }
      let (sum, contour) = (try tails(.inclusionExclusion), try tails(.contour))
      #expect(sum.isWithin(relativePrecision: 170))
      #expect(sum.probability.overlaps(contour.probability))
      #expect(sum.complement.overlaps(contour.complement))
    }
  }
}
