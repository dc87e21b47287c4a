// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct ContrastiveSettingPresenceTests {
  @Test("A small presence keeps its digits")
  func tinyPresence() throws {
    let setting = try uniform(1_000_000, 1)
    // P(Col = 0, class j) = 1/C for one negative.
    #expect(try text(setting.collisionFreePresence, 20) == "1e-6")
    let long = try uniform(100_003, 20_000)
    let presence = try setting.presence.double
    #expect(isClose(presence, 1e-6))
    #expect(try long.collisionFreePresence.enclosure(precision: 100).isPositive)
  }
}
