// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct CapacityErrorTests {
  @Test(
    arguments: [
      (1.5, "over 1 seconds"), (10.01, "over 10 seconds"), (119, "over 119 seconds"),
      (121, "over 2 minutes"), (7300, "over 2 hours"), (200_000, "over 2 days"),
      (1e9, "over 31 years"), (1e300, "over 300000 years"), (.infinity, "over 300000 years"),
    ])
  func `a time is told in whole units, rounded down`(seconds: Double, expected: String) {
    #expect(CapacityError.duration(seconds) == expected)
  }

  @Test func `what takes longer than the patience there is is refused`() throws {
    try CapacityError.check(CapacityError.patience, "it", suggestion: "no")
    let error = #expect(throws: CapacityError.self) {
      try CapacityError.check(240, "it", suggestion: "ask for less")
    }
    #expect(error?.description == "it would take over 4 minutes; ask for less")
  }

  /// What is refused and what is not, and how the costs of neighbours differ, without a clock.
  @Test func `estimates of neighbours are close`() throws {
    let classes = [10, 100, 1000]
    for c in classes {
      let requirement = try LabelLaw.counts(Array(repeating: 3, count: c)).requirement()
      let recurrence = try #require(
        StirlingRecurrence(requirement, sampling: .withReplacement))
      for n in [20, 300, 5000, 1_000_000] {
        for precision in [53, 332, 3322] {
          let here = recurrence.seconds(drawCount: n, precision: precision)
          #expect(here > 0)
          #expect(recurrence.seconds(drawCount: n + 1, precision: precision) < 1.2 * here)
          // Beyond the precision of words an update takes ten times as long.
          let limit = precision < 100 ? 12.0 : 1.6
          #expect(recurrence.seconds(drawCount: n, precision: precision + 64) < limit * here)
        }
      }
    }
  }
}
