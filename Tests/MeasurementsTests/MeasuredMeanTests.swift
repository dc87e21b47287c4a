// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Testing

@Suite struct MeasuredMeanTests {
  @Test func `an estimate has mean and standard error of the mean`() {
    let estimate = Estimate([1, 2, 3, 6])
    #expect(estimate.value == 3)
    // Squared deviations 4, 1, 0, 9 over 3, over 4.
    let variance: Double = 14 / 3 / 4
    #expect(estimate.standardError == variance.squareRoot())
  }

  @Test func `a single value has no standard error, and equal ones have 0`() {
    #expect(Estimate([5]) == Estimate(value: 5, standardError: nil))
    #expect(Estimate([5, 5]) == Estimate(value: 5, standardError: 0))
  }

  @Test func `no values have no mean`() async {
    await #expect(processExitsWith: .failure) { _ = Estimate([]) }
  }
}
