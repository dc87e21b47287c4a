// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@testable import Bounds

/// Windows of one or two pairs whose error is all at the pair where the function is largest.
@Suite struct PhiFunctionTests {
  private static let error = 0x1p-20

  private func window(_ pairs: [(m: Int, n: Int, weight: Double)]) -> CollisionPairWindow {
    CollisionPairWindow(pairs, error: Self.error)
  }

  /// The law has 2^-20 more at (62, 0), where f = ln 63.
  @Test func `the value's error holds what the law has at the largest logarithm`() {
    let function = PhiFunction(
      window([(m: 0, n: 0, weight: 1 - Self.error)]), negativeCount: 62)
    let sample = function.sample(0)
    let most = Enclosure(63).naturalLogarithm(precision: 80)
      .scaled(by: Real(Self.error).rational, precision: 80)
    #expect(sample.value == 0)
    #expect(Real(sample.valueError) >= most.upper)
    #expect(sample.valueError < 1.01 * most.upper.double())
  }

  /// The law has 2^-20 more at (0, K), where f' = K e^s/(1 + K(e^s - 1)).
  @Test(arguments: [0.0, 0.5, 3])
  func `the slope's error holds what the law has where the function is steepest`(s: Double) throws {
    let count = 1 << 30
    let function = PhiFunction(
      window([(m: count, n: 0, weight: 1 - Self.error)]), negativeCount: count)
    let sample = function.sample(s)
    let power = Enclosure(Real(s).rational, precision: 200).exponential(precision: 200)
    let top = power.scaled(by: Integer(count), precision: 200)
    let bottom = power.subtracting(Enclosure(1), precision: 200)
      .scaled(by: Integer(count), precision: 200).adding(Enclosure(1), precision: 200)
    let most = top.divided(by: bottom, precision: 200)
      .scaled(by: Real(Self.error).rational, precision: 200)
    #expect(sample.slope == 0)
    #expect(Real(sample.slopeError) >= most.upper)
    #expect(sample.slopeError < 1.0001 * most.upper.double())
  }

  /// The law has 2^-20 less at (3, 2), where f'' = 1/4.
  @Test func `the curvature's bound holds what the law lacks where the function is most convex`() {
    let function = PhiFunction(
      window([(m: 3, n: 2, weight: 1), (m: 3, n: 0, weight: Self.error)]), negativeCount: 5)
    let least = (1 - Self.error) / 4
    let sample = function.sample(0)
    #expect(sample.convexLower <= least)
    #expect(sample.convexLower > least - 0x1p-40)
  }
}
