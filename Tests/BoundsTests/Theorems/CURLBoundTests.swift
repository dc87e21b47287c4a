// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct CURLBoundTests {
  @Test("Both bounds are their formulas, with standard errors over the divisor")
  func bounds() throws {
    let setting = try uniform(3, 2)
    // E ln(1+Col) = 4/9 ln 2 + 1/9 ln 3; cover and no collision: 2/9, which is cover.
    let log = (4 * logarithm(2) + logarithm(3)) / 9
    let upper = try CURLUpperBound.outcome(
      inputs(setting, excess: two, [.collisionFreeUncoveredTerm: none]))
    #expect(isClose(try value(upper), (2 - log) / (2.0 / 9)))
    #expect(isClose(try #require(upper.value?.standardError), 0.11 / (2.0 / 9)))
    let terms: [MeasuredMean: MeasuredQuantity] = [
      .collisionFreeCoveredTerm: two, .collisionFreeUncoveredTerm: none, .gap: none,
    ]
    let lower = try CURLLowerBound.outcome(inputs(setting, excess: two, terms))
    #expect(isClose(try value(lower), 2 + log))
  }
}
