// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct CoverageFreeBoundTests {
  @Test("Coverage-free bounds, with and without replacement")
  func coverageFree() throws {
    let setting = try uniform(5, 6)
    let log = try setting.expectedLog.double
    let presence = 1 - pow(0.8, 6)
    let free = pow(0.8, 6) * (1 - pow(0.75, 6))
    #expect(
      isClose(
        try value(try CoverageFreeCouponBound.outcome(inputs(setting, excess: two))),
        (4 - log) / presence))
    #expect(
      isClose(
        try value(try CoverageFreeCURLBound.outcome(inputs(setting, excess: two))),
        (2 - log) / free))
    // Two classes of three items, two negatives of the five others: the other class is missed when
    // both are among two, 1/10; no collision when both are among three, 3/10, and then it is there.
    let small = try finite([3, 3], 2)
    let other = try small.expectedLog.double
    #expect(
      isClose(
        try value(try CoverageFreeCouponBound.outcome(inputs(small, excess: two))),
        (4 - other) / 0.9))
    #expect(
      isClose(
        try value(try CoverageFreeCURLBound.outcome(inputs(small, excess: two))),
        (2 - other) / 0.3))
    // Unequal classes: the rarest is missed by three independent negatives with (5/6)^3.
    let unequal = try finite([1, 2, 3], 3, .withReplacement)
    let third = try unequal.expectedLog.double
    #expect(
      isClose(
        try value(try CoverageFreeCouponBound.outcome(inputs(unequal, excess: two))),
        (4 - third) / (1 - pow(5.0 / 6, 3))))
  }
}
