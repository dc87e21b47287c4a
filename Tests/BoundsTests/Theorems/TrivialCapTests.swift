// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct TrivialCapTests {
  @Test("The cap knows which class means there are")
  func cap() throws {
    #expect(isClose(try value(TrivialCap(try uniform(7, 3)).supervisedUpper()), log(7.0) + 2))
    #expect(isClose(try value(TrivialCap(try finite([2, 2], 3)).supervisedUpper()), log(2.0) + 4))
  }
}
