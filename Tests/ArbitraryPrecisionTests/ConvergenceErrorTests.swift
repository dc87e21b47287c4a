// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@Suite struct ConvergenceErrorTests {
  @Test func `the description names the operation and the precision`() {
    let error = ConvergenceError(operation: "the contour integral", precisionReached: 4096)
    #expect(
      error.description
        == "the contour integral did not reach the asked accuracy at 4096 bits of working precision"
    )
    #expect(error == ConvergenceError(operation: "the contour integral", precisionReached: 4096))
    #expect(error != ConvergenceError(operation: "the contour integral", precisionReached: 8192))
  }
}
