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

@Suite struct CollisionTermBoundTests {
  @Test("The collision term is at most beta + alpha B/t")
  func collisionTerm() throws {
    let bound = CollisionTermBound(try uniform(5, 10))
    let beta = try bound.beta.approximation()
    let outcome = try bound.upper(
      spread: MeasuredQuantity(LinearForm(Rational(1, 4)), standardError: 0.1))
    #expect(isClose(try value(outcome), beta + 2 * 2 * 0.25))
    #expect(isClose(try #require(outcome.value?.standardError), 0.4))
    #expect(isClose(try value(try bound.upper()), beta + 4 * (1 - pow(0.8, 10))))
    let unequal = CollisionTermBound(try finite([1, 2], 2))
    #expect(reason(try unequal.upper(spread: two)).contains("equally likely"))
  }
}
