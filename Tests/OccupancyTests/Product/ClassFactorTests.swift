// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ClassFactorTests {
  /// L, U and their means from sums of all terms.
  @Test(arguments: SamplingScheme.allCases)
  func partsAndMeansAreThoseOfTheTerms(sampling: SamplingScheme) {
    for (w, m) in [(1, 1), (4, 2), (9, 9), (30, 3), (30, 29), (200, 100)] {
      for x in [0.001, 0.02, 0.3, 1.5] {
        let split = ClassFactor(sampling: sampling, weight: Double(w), copies: m).split(x)
        var (short, reached, shortMoment, reachedMoment) = (0.0, 0.0, 0.0, 0.0)
        var term = 1.0
        for k in 0...1200 {
          if k < m {
            short += term
            shortMoment += Double(k) * term
          } else {
            reached += term
            reachedMoment += Double(k - m) * term
          }
          let rise =
            sampling == .withReplacement ? Double(w) * x : x * Double(max(w - k, 0))
          term *= rise / Double(k + 1)
        }
        guard reached > 1e-290 else { continue }
        let note = "\(sampling), w = \(w), m = \(m), x = \(x)"
        #expect(abs(split.logShort - log(short)) < 1e-9, "\(note)")
        #expect(abs(split.logReached - log(reached)) < 1e-7, "\(note)")
        #expect(abs(split.logAll - log(short + reached)) < 1e-9, "\(note)")
        #expect(abs(split.shortMean - shortMoment / short) < 1e-7, "\(note)")
        let excess = reachedMoment / reached
        #expect(abs(split.reachedExcess - excess) < 1e-7 * (1 + excess), "\(note)")
      }
    }
  }

  /// 47 times the Double nearest to 3/47 is less than 3.
  @Test
  func aClassOfExactlySoManyItemsIsWithinReach() throws {
    for total in 2...120 {
      for size in 1..<total {
        let law = LabelLaw(try LabelDistribution(counts: [size, total - size]))
        let copies = min(size, total - size)
        let splits = try law.product(.withoutReplacement, CoverageGoal(copies: copies)).splits(0.1)
        let isReached = splits.allSatisfy { $0.logReached > -.infinity }
        #expect(isReached, "\(size) of \(total)")
      }
    }
  }
}
