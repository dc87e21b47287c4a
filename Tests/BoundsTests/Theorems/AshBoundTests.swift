// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

@Suite struct AshBoundTests {
  @Test("Harmonic numbers")
  func harmonic() {
    #expect(AshBound.harmonic(0) == 0)
    #expect(AshBound.harmonic(1) == 1)
    #expect(AshBound.harmonic(4) == Rational(25, 12))
    #expect(AshBound.harmonic(100) == (1...100).reduce(0) { $0 + Rational(1, $1) })
  }
}
