// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

struct IncreasingFunctionTests {
  @Test
  func rootsOfIncreasingFunctionsAreFound() {
    #expect(
      abs(IncreasingFunction.root(from: 0, target: 1e6) { $0 * $0 * $0 + 2 } - 99.99993333) < 1e-6)
    #expect(abs(IncreasingFunction.root(from: 50, target: 3) { 3 + ($0 + 20) / 1e3 } + 20) < 1e-5)
    // A step: halving finds it.
    #expect(abs(IncreasingFunction.root(from: 0, target: 1) { $0 < 5.25 ? 0.5 : 2 } - 5.25) < 1e-8)
  }
}
