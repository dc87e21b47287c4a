// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct UniformApproximationTests {
  /// The sizes that the project promises a relative error below 2e-14 for.
  @Test(arguments: [
    (1000, 7709), (21_841, 300_000), (1_000_000, 20_000_000), (1000, 2000), (21_841, 60_000),
    (1_000_000, 1_000_050), (1_000_000, 5_000_000),
  ])
  func namedSizesAreWithinTheirStatedErrors(classCount: Int, drawCount: Int) throws {
    let fast = try #require(
      UniformApproximation(classCount: classCount, drawCount: drawCount))
    #expect(fast.probability.relativeError < 2e-14)
    #expect(fast.complement.relativeError < 2e-14)
    try expectContained(fast, classCount, drawCount)
  }

  @Test
  func statedErrorsHoldOnRandomCases() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var ratios: [Double] = []
    var refused = 0
    for _ in 0..<RandomTests.count(2000) {
      let (classCount, drawCount) = Self.randomCase(&random)
      guard let fast = UniformApproximation(classCount: classCount, drawCount: drawCount) else {
        refused += 1
        continue
      }
      ratios.append(try expectContained(fast, classCount, drawCount))
    }
    // A bound that is never used by half would be too wide to be of use.
    #expect(ratios.contains { $0 > 0.1 })
    #expect(refused < RandomTests.count(2000) / 4)
  }

  /// Few and many classes, from n = C to far beyond where everything is covered.
  private static func randomCase(_ random: inout SplitMix64) -> (Int, Int) {
    let classCount = Int(exp2(Double.random(in: 1...22, using: &random)))
    let c = Double(classCount)
    let most = c * (log(c) + 20)
    let excess = exp2(Double.random(in: -1...log2(most), using: &random))
    return (classCount, classCount + Int(excess))
  }

  /// Compares both tails with the exact engine; returns the larger part of the error stated that is used.
  @discardableResult
  private func expectContained(
    _ fast: UniformApproximation, _ classCount: Int, _ drawCount: Int
  ) throws -> Double {
    let exact = try CoverageProbability(
      law: LabelLaw(try .uniform(classCount: classCount)), sampling: .withReplacement,
      drawCount: drawCount
    ).tails(precision: 133)
    let used = [(fast.probability, exact.probability), (fast.complement, exact.complement)].map {
      approximation, truth in
      let used = Self.relativeError(approximation, truth) / approximation.relativeError
      #expect(
        used <= 1,
        "seed \(RandomTests.seed), C = \(classCount), n = \(drawCount), \(approximation)")
      return used
    }
    return max(used[0], used[1])
  }

  /// |approximation - truth| / truth, from above.
  static func relativeError(
    _ approximation: ApproximateProbability, _ truth: Enclosure
  ) -> Double {
    var value = Accumulator(precision: 53)
    value.set(approximation.significand, rounding: .nearest)
    value.scale(byPowerOfTwo: approximation.exponent)
    let exact = Real(value)
    let difference = Enclosure(lower: exact, upper: exact).subtracting(truth, precision: 160)
    let size = max(
      Magnitude(difference.lower).approximateLog2, Magnitude(difference.upper).approximateLog2)
    return exp2(size - Magnitude(truth.lower).approximateLog2 + 1e-9)
  }
}
