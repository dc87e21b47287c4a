// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Testing

@testable import Training

@Suite struct RunningMeanTests {
  private func estimate(_ values: [Double], of population: Int) -> Estimate {
    var mean = RunningMean()
    for value in values { mean.add(value) }
    return mean.estimate(populationCount: population)
  }

  @Test func `a sample has the standard error of draws without replacement`() throws {
    let found = estimate([1, 2, 3, 6], of: 16)
    // Squared deviations 4, 1, 0, 9 over 3, over 4, of which a quarter of the population is seen.
    #expect(found.value == 3)
    let error = try #require(found.standardError)
    #expect(abs(error - (0.75 * 14 / 3 / 4).squareRoot()) < 1e-15)
  }

  @Test func `a whole population has no error, and one value of many an unknown one`() {
    #expect(estimate([1, 2, 3, 6], of: 4) == Estimate(value: 3, standardError: 0))
    #expect(estimate([5], of: 1) == Estimate(value: 5, standardError: 0))
    #expect(estimate([5], of: 2) == Estimate(value: 5, standardError: nil))
    var mean = RunningMean()
    mean.add(2)
    #expect(mean.estimate(populationCount: 1, adding: -3) == Estimate(value: -1, standardError: 0))
  }
}
