// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Testing

@testable import Training

@Suite struct ValueSinkTests {
  @Test func `values are kept in their order, or added up in it`() {
    let values = [1, 1e100, 1, -1e100]
    #expect([Double](values) == values)
    #expect(RunningSum(values).value == 0 && RunningSum().value == 0)
    #expect(RunningMean([2, 4]).estimate(populationCount: 2).value == 3)
  }
}
