// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct UniformMissSumTests {
  /// 1 - v_n by its definition.
  private func exactMiss(_ c: Int, _ n: Int) -> Rational {
    (1..<c).reduce(0) { sum, j in
      let term = Rational(Integer.binomial(c, j) * Integer(c - j).power(n), Integer(c).power(n))
      return j % 2 == 1 ? sum + term : sum - term
    }
  }

  @Test
  func theSumContainsTheMissProbabilityWhateverThePlan() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(150) {
      let c = Int.random(in: 2...30, using: &random)
      let n = Int.random(in: c...(8 * c), using: &random)
      // Any number of levels with any estimate of their sizes: odd and even ends, all terms.
      let levels = (0..<Int.random(in: 1...(c + 2), using: &random)).map { _ in
        Double.random(in: -90...20, using: &random)
      }
      let precision = Int.random(in: 1...150, using: &random)
      let miss = UniformMissSum(classCount: c, drawCount: n)
        .missProbability(levelLog2: levels, precision: precision)
      #expect(
        miss.contains(exactMiss(c, n)),
        "seed \(RandomTests.seed), C = \(c), n = \(n), \(levels), \(precision) bits")
    }
  }

  @Test
  func goodPlansMeetThePrecision() throws {
    for (c, n) in [(40, 200), (100, 700), (333, 4000), (25, 25)] {
      let law = LabelLaw(try .uniform(classCount: c))
      let sum = InclusionExclusion(law: law, sampling: .withReplacement, drawCount: n)
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
