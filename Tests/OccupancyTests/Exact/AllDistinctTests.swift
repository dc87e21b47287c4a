// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct AllDistinctTests {
  @Test("The contour integral and the recurrence agree", arguments: SamplingScheme.allCases)
  func methods(sampling: SamplingScheme) throws {
    let law = LabelLaw(try LabelDistribution(counts: (1...400).map { $0 }))
    for n in [2, 49, 51, 200, 398, 399, 400] {
      let value = try AllDistinct(law: law, sampling: sampling, drawCount: n)
        .probability(precision: 70)
      #expect(value.isWithin(relativePrecision: 70))
      let symmetric = ElementarySymmetric(law: law).value(n, precision: 100)
      let all = sampling.drawWeight(total: law.total, drawCount: n, radius: 1, precision: 120)
      #expect(value.overlaps(symmetric.divided(by: all.enclosure(), precision: 120)), "n = \(n)")
    }
  }
}
