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

  @Test("A smooth function takes ten or twenty evaluations, and one that overflows is no obstacle")
  func cost() {
    for target in [1.001, 1.5, 40, 1e5, 1e12] {
      var count = 0
      let root = IncreasingFunction.root(from: log(target) + 0.2, target: target) {
        count += 1
        // The mean of a count that is not zero, of a Poisson law with mean e^s.
        return exp($0) / -expm1(-exp($0))
      }
      #expect(abs(exp(root) / -expm1(-exp(root)) / target - 1) < 1e-8)
      #expect(count <= 24)
    }
    let root = IncreasingFunction.root(from: 100, target: 3) { $0 > 50 ? .nan : exp($0) }
    #expect(abs(root - log(3.0)) < 1e-8)
  }
}
