// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

struct UnimodalFunctionTests {
  @Test
  func minimaAreFound() {
    let parabola = UnimodalFunction.minimum(in: -3...10, steps: 40) { ($0 - 2) * ($0 - 2) + 5 }
    #expect(abs(parabola.place - 2) < 1e-6 && abs(parabola.value - 5) < 1e-12)
    let edge = UnimodalFunction.minimum(in: 0...1, steps: 40) { $0 > 0.5 ? .infinity : -$0 }
    #expect(abs(edge.place - 0.5) < 1e-6)
    // Each step leaves 0.618 of the bracket.
    let few = UnimodalFunction.minimum(in: 0...1, steps: 12) { abs($0 - 0.9) }
    #expect(abs(few.place - 0.9) < 0.01)
  }
}
