// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct TrivialCapTests {
  @Test("The cap knows which class means there are")
  func cap() throws {
    let same = try TrivialCap.outcome(inputs(uniform(7, 3), excess: two))
    #expect(isClose(try value(same), log(7.0) + 2))
    let other = try TrivialCap.outcome(inputs(finite([2, 2], 3), excess: two))
    #expect(isClose(try value(other), log(2.0) + 4))
    // Of a shuffled batch too, where class means are of the items that are measured.
    let own = try BoundInputs(
      finite([2, 2], 3), means: [.contrastiveLoss: two], gap: nil, classMeans: .validation)
    #expect(isClose(try value(TrivialCap.outcome(own)), log(2.0) + 2))
  }
}
