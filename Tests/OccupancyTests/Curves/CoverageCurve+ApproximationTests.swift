// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct CoverageCurveApproximationTests {
  /// Compares both tails with the exact engine where `isTested`, and returns the largest stated error.
  @discardableResult
  private func expectContained(
    _ law: LabelLaw, _ sampling: SamplingScheme, _ drawCounts: ClosedRange<Int>,
    where isTested: (Int) -> Bool
  ) throws -> Double {
    var expected = drawCounts.lowerBound
    var largest = 0.0
    try CoverageCurve(law: law, sampling: sampling).forEachApproximation(in: drawCounts) {
      coverage in
      #expect(coverage.drawCount == expected)
      expected += 1
      largest = max(
        largest, coverage.probability.relativeError, coverage.complement.relativeError)
      guard isTested(coverage.drawCount) else { return }
      let exact = try CoverageProbability(
        law: law, sampling: sampling, drawCount: coverage.drawCount)
      if exact.certain != nil {
        #expect(coverage.probability.relativeError == 0)
        return
      }
      let tails = try exact.tails(precision: 100)
      for (approximation, truth) in [
        (coverage.probability, tails.probability), (coverage.complement, tails.complement),
      ] {
        let error = UniformApproximationTests.relativeError(approximation, truth)
        #expect(
          error <= approximation.relativeError, "n = \(coverage.drawCount), \(approximation)")
      }
    }
    #expect(expected == drawCounts.upperBound + 1)
    return largest
  }

  @Test
  func equalClassesAreWithinTheirStatedErrors() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    let law = LabelLaw(try .uniform(classCount: 1000))
    let largest = try expectContained(law, .withReplacement, 990...9000) {
      $0 < 1020 || Int.random(in: 0..<200, using: &random) == 0
    }
    #expect(largest < 6e-14)
  }

  @Test
  func unequalClassesAreWithinTheirStatedErrors() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for counts in [Array(20...60), [1, 50, 60, 70, 400] + Array(repeating: 90, count: 30)] {
      let law = LabelLaw(try LabelDistribution(counts: counts))
      try expectContained(law, .withReplacement, 30...2500) { _ in
        Int.random(in: 0..<25, using: &random) == 0
      }
    }
  }

  /// Circles serve nearly all numbers of draws.
  @Test
  func fewNumbersOfDrawsAreComputedAlone() throws {
    let law = LabelLaw(try .uniform(classCount: 1000))
    var alone: [Int] = []
    try CoverageCurve(law: law, sampling: .withReplacement).forEachApproximation(in: 1...3000) {
      // What a rounded enclosure says, and the fast form of one number.
      let fast = UniformApproximation(classCount: 1000, drawCount: max($0.drawCount, 1000))
      if $0.drawCount >= 1000, $0.probability == fast?.probability { alone.append($0.drawCount) }
    }
    #expect(alone == [1000])
  }

  /// Few classes, very unequal ones, very many, and weights too long for 128 bits.
  @Test
  func extremeLawsAreWithinTheirStatedErrors() throws {
    let third = Rational(Integer(3).power(40), Integer(3).power(41))
    let laws: [(LabelLaw, ClosedRange<Int>)] = [
      (LabelLaw(try .uniform(classCount: 2)), 1...1200),
      (LabelLaw(try LabelDistribution(counts: [1, 1_000_000])), 1...60),
      (LabelLaw(try LabelDistribution(counts: [1, 3000, 3000, 9000])), 30_000...30_040),
      (LabelLaw(try .uniform(classCount: 300_000)), 299_998...300_012),
      (LabelLaw(try .uniform(classCount: 300_000)), 5_000_000...5_000_010),
      (
        try LabelLaw(probabilities: [
          third, third - Rational(1, Integer(10).power(30)),
          third + Rational(1, Integer(10).power(30)),
        ]), 1...20
      ),
    ]
    for (law, drawCounts) in laws {
      try expectContained(law, .withReplacement, drawCounts) { $0 % 7 < 2 }
    }
    #expect(throws: DomainError.self) {
      try CoverageCurve(law: laws[0].0, sampling: .withReplacement)
        .forEachApproximation(in: 0...3) { _ in }
    }
  }

  @Test
  func withoutReplacementEnclosuresAreRounded() throws {
    let law = LabelLaw(try LabelDistribution(counts: [5, 6, 7, 8]))
    let largest = try expectContained(law, .withoutReplacement, 1...26) { _ in true }
    #expect(largest < 3e-16)
  }
}
