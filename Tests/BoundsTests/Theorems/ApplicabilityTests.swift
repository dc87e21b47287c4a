// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

/// Where the theorems say nothing.
@Suite struct ApplicabilityTests {
  @Test("Without enough negatives to cover, divisors are 0 and bounds infinite")
  func infinite() throws {
    let setting = try uniform(4, 2)
    for outcome in [
      try CURLUpperBound.outcome(inputs(setting, excess: two, [.collisionFreeUncoveredTerm: none])),
      try CouponUpperBound.outcome(inputs(setting, excess: two, [.uncoveredSubsetTerm: none])),
      try CoverageFreeCouponBound.outcome(inputs(try uniform(4, 0), excess: two)),
      try CoverageFreeCURLBound.outcome(inputs(try uniform(4, 0), excess: two)),
      try AshBound.outcome(inputs(try uniform(4, 0), excess: two)),
      try BaoUpperBound.outcome(inputs(try uniform(4, 0), excess: two)),
    ] {
      guard case .infinite = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
  }

  @Test("Theorems say what they do not cover")
  func exclusions() throws {
    let unequal = try finite([1, 2, 3], 3, .withReplacement)
    let equal = try finite([2, 2, 2], 3)
    #expect(
      reason(
        try CURLUpperBound.outcome(
          inputs(unequal, excess: two, [.collisionFreeUncoveredTerm: none])
        )
      ).contains("equally likely"))
    #expect(
      reason(
        try CouponUpperBound.outcome(inputs(unequal, excess: two, [.uncoveredSubsetTerm: none]))
      ).contains("equally likely"))
    #expect(
      reason(try CoverageFreeCURLBound.outcome(inputs(unequal, excess: two)))
        .contains("equally likely"))
    #expect(reason(try AshBound.outcome(inputs(unequal, excess: two))).contains("equally likely"))
    #expect(
      reason(try BaoTightenedBound.outcome(inputs(unequal, excess: two)))
        .contains("equally likely"))
    #expect(reason(try AshBound.outcome(inputs(equal, excess: two))).contains("independent"))
    #expect(reason(try BaoUpperBound.outcome(inputs(equal, excess: two))).contains("independent"))
    let single = try uniform(1, 3)
    #expect(reason(try TrivialCap.outcome(inputs(single, excess: two))).contains("single class"))
    #expect(reason(try PhiBound.outcome(inputs(single, excess: two))).contains("single class"))
    #expect(throws: DomainError.self) { try SimplexFrameOptimum(equal) }
    #expect(throws: DomainError.self) { try SimplexFrameOptimum(single) }
    #expect(throws: DomainError.self) {
      try ContrastiveSetting(
        classSizes: .uniform(classCount: 2), sampling: .withReplacement, negativeCount: 1,
        temperature: 0)
    }
  }
}
