// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct CouponBoundTests {
  @Test("Both bounds are their formulas, with standard errors over the divisor")
  func bounds() throws {
    let setting = try uniform(3, 2)
    let log = (4 * logarithm(2) + logarithm(3)) / 9
    let upper = try CouponUpperBound.outcome(
      inputs(setting, excess: two, [.uncoveredSubsetTerm: none]))
    #expect(isClose(try value(upper), (4 - log) / (2.0 / 9)))
    let terms: [MeasuredMean: MeasuredQuantity] = [
      .coveredSupervisedTerm: two, .uncoveredSubsetTerm: none, .gap: none,
    ]
    let half = try CouponLowerBound.outcome(inputs(setting, excess: two, terms))
    #expect(isClose(try value(half), 1 + log / 2))
    #expect(isClose(try #require(half.value?.standardError), (0.1 + 0.01 + 0.02) / 2))
  }
}
