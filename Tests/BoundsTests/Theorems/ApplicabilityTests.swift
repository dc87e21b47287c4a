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
      try CURLBound(setting).supervisedUpper(excess: two, uncoveredTerm: none),
      try CouponBound(setting).supervisedUpper(excess: two, uncoveredTerm: none),
      try CoverageFreeCouponBound(try uniform(4, 0)).supervisedUpper(excess: two),
      try CoverageFreeCURLBound(try uniform(4, 0)).supervisedUpper(excess: two),
      try AshBound(try uniform(4, 0)).supervisedUpper(excess: two),
      BaoBound(try uniform(4, 0)).supervisedUpper(linearExcess: two),
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
      reason(try CURLBound(unequal).supervisedUpper(excess: two, uncoveredTerm: none))
        .contains("equally likely"))
    #expect(
      reason(try CouponBound(unequal).supervisedUpper(excess: two, uncoveredTerm: none))
        .contains("equally likely"))
    #expect(
      reason(try CoverageFreeCURLBound(unequal).supervisedUpper(excess: two))
        .contains("equally likely"))
    #expect(reason(try AshBound(unequal).supervisedUpper(excess: two)).contains("equally likely"))
    #expect(
      reason(BaoTightenedBound(unequal).supervisedUpper(linearExcess: two))
        .contains("equally likely"))
    #expect(reason(try AshBound(equal).supervisedUpper(excess: two)).contains("independent"))
    #expect(reason(BaoBound(equal).supervisedUpper(linearExcess: two)).contains("independent"))
    let single = try uniform(1, 3)
    #expect(reason(TrivialCap(single).supervisedUpper()).contains("single class"))
    #expect(reason(try PhiBound(single).supervisedUpper(excess: two)).contains("single class"))
    #expect(throws: DomainError.self) { try SimplexFrameOptimum(equal) }
    #expect(throws: DomainError.self) { try SimplexFrameOptimum(single) }
    #expect(throws: DomainError.self) {
      try ContrastiveSetting(
        classSizes: .uniform(classCount: 2), sampling: .withReplacement, negativeCount: 1,
        temperature: 0)
    }
  }
}
