// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct SoftMaxTests {
  /// Relative errors of a few units: of the products with the factor, of the powers, and of a sum
  /// of positive terms, whose error is that of its longest chain.
  private let tolerance = 3e-6

  @Test func `soft-max and log-sum-exp are those of the definition`() {
    var random = RandomNumbers(40)
    let engines = Engine.variants
    for count in Array(1...40) + [257, 1000] {
      let (factor, scale) = (Float(1 + count % 5), Float(0.25))
      let values = random.vector(count)
      let exact = FloatVector(count: count)
      exact.copy(values)
      let exactSum = unsafe softMaxNaive(
        exact.pointer, count: count, factor: factor, scale: scale)
      for engine in engines {
        #expect(
          abs(Double(engine.logSumExponential(values, factor: factor)) - exactSum)
            <= tolerance * max(1, abs(exactSum)), "\(count) values")
        let shares = FloatVector(count: count)
        shares.copy(values)
        let sum = engine.softMax(shares, factor: factor, scale: scale)
        #expect(abs(Double(sum) - exactSum) <= tolerance * max(1, abs(exactSum)))
        #expect(
          allHold(count) { abs(shares[$0] - exact[$0]) <= Float(tolerance) * exact[$0] },
          "\(count) values, seed \(RandomTests.seed)")
      }
    }
  }

  @Test func `values that would overflow do not, and absent ones have no share`() {
    for engine in Engine.variants {
      let values = FloatVector([1e4, -.infinity, 1e4, -1e4])
      let sum = engine.softMax(values, factor: 2, scale: 1)
      #expect(values.elements == [0.5, 0, 0.5, 0])
      #expect(abs(sum - (2e4 + 0.693_147_2)) < 0.002)
      let lone = FloatVector([3])
      #expect(engine.logSumExponential(lone, factor: 2) == 6)
    }
  }
}
