// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct MeasuredQuantityTests {
  @Test("A measured mean is the decimal that it is printed as, and errors of sums add up")
  func quantities() {
    let a = MeasuredQuantity(Estimate(value: 2.02, standardError: 0.25))
    let b = MeasuredQuantity(Estimate(value: -1e-5, standardError: 0.5))
    #expect(a.value.exact == Rational(202, 100))
    #expect((a - b).value.exact == Rational(2_020_010, 1_000_000))
    #expect((a - b).standardError == 0.75)
    #expect(a.scaled(by: -2).standardError == 0.5)
    let unknown = MeasuredQuantity(Estimate(value: 1, standardError: nil))
    #expect((a + unknown).standardError == nil)
  }
}
