// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct CountLawDrawsTests {
  @Test func `collisions are successes among the negatives`() {
    let independent = CountLaw.collisions(
      ownWeight: 3, total: 10, sampling: .withReplacement, negativeCount: 4)
    #expect(independent.exactPMF(4) == Rational(3, 10).power(4))
    let finite = CountLaw.collisions(
      ownWeight: 3, total: 10, sampling: .withoutReplacement, negativeCount: 2)
    // The anchor is one of the three.
    #expect(finite.exactPMF(2) == Rational(2 * 1, 9 * 8) && finite.support == 0...2)
  }
}
