// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct CollisionTermBoundTests {
  @Test("The collision term is at most beta + alpha B/t")
  func collisionTerm() throws {
    let setting = try uniform(5, 10)
    let beta = try setting.expectedLog.double
    let spread = MeasuredQuantity(LinearForm(Rational(1, 4)), standardError: 0.1)
    let outcome = try CollisionTermBound.outcome(
      inputs(setting, excess: two, [.collisionBound: spread]))
    #expect(isClose(try value(outcome), beta + 2 * 2 * 0.25))
    #expect(isClose(try #require(outcome.value?.standardError), 0.4))
    let unequal = try CollisionTermBound.outcome(
      inputs(finite([1, 2], 2), excess: two, [.collisionBound: spread]))
    #expect(reason(unequal).contains("equally likely"))
  }
}
