// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct CoverageCurveTests {
  /// Numbers of draws in turn, shared and alone: the enclosures overlap. Counts how many were
  /// shared.
  @discardableResult
  private func expectSame(
    _ law: LabelLaw, _ sampling: SamplingScheme, _ drawCounts: some Sequence<Int>, every: Int
  ) throws -> Int {
    var curve = CoverageCurve(law: law, sampling: sampling)
    var sharedCount = 0
    for (i, n) in drawCounts.enumerated() {
      let shared = try curve.coverage(drawCount: n)
      if shared.isNoted { sharedCount += 1 }
      guard i % every == 0 else { continue }
      let alone = try CoverageProbability(law: law, sampling: sampling, drawCount: n)
      let (a, b) = (try shared.tails(precision: 60), try alone.tails(precision: 120))
      #expect(a.probability.overlaps(b.probability), "n = \(n)")
      #expect(a.complement.overlaps(b.complement), "n = \(n)")
      #expect(a.isWithin(relativePrecision: 60), "n = \(n)")
    }
    return sharedCount
  }

  @Test(arguments: SamplingScheme.allCases)
  func sharedNodesAgreeWithSeparateIntegrals(sampling: SamplingScheme) throws {
    let uniform = LabelLaw(try .balanced(classCount: 30, itemsPerClass: 20))
    #expect(try expectSame(uniform, sampling, 1...400, every: 7) > 250)
    let unequal = LabelLaw(try LabelDistribution(counts: Array(20...40)))
    #expect(try expectSame(unequal, sampling, stride(from: 22, to: 600, by: 3), every: 7) > 100)
  }

  /// The enclosure of the smaller tail lies strictly on one side of the next one's on a whole
  /// curve; that of the larger tail, near 1, at least does not lie on the other.
  @Test
  func coverageIncreasesStrictlyInTheNumberOfDraws() throws {
    for law in [
      LabelLaw(try .uniform(classCount: 50)),
      LabelLaw(try LabelDistribution(counts: [3, 3, 5, 8, 8, 9, 20])),
    ] {
      var curve = CoverageCurve(law: law, sampling: .withReplacement)
      var previous: Tails?
      for n in 1...2500 {
        let tails = try curve.coverage(drawCount: n).tails(precision: 80)
        if let previous, n > law.classCount {
          let isSmall = tails.probability.upper < Real(0.5)
          #expect(
            isSmall
              ? previous.probability.upper < tails.probability.lower
              : previous.complement.lower > tails.complement.upper, "n = \(n)")
          #expect(previous.probability.lower < tails.probability.upper, "n = \(n)")
          #expect(previous.complement.upper > tails.complement.lower, "n = \(n)")
        }
        previous = tails
      }
    }
  }

  /// As above, for a thousand classes up to K = 65535; one expectation, for there are many
  /// comparisons.
  @Test
  func aLongCurveIncreasesStrictly() throws {
    let law = LabelLaw(try .uniform(classCount: 1000))
    var curve = CoverageCurve(law: law, sampling: .withReplacement)
    var previous = try curve.coverage(drawCount: 1000).tails(precision: 80)
    var firstDisorder: Int?
    for n in 1001...65_536 {
      let tails = try curve.coverage(drawCount: n).tails(precision: 80)
      let isOrdered =
        tails.probability.upper < Real(0.5)
        ? previous.probability.upper < tails.probability.lower
        : previous.complement.lower > tails.complement.upper
      if !isOrdered { firstDisorder = firstDisorder ?? n }
      previous = tails
    }
    #expect(firstDisorder == nil)
  }

  /// Random laws and goals, with blanks and classes that need not come: every value of a curve
  /// holds the exact one, whether it was shared or not.
  @Test(arguments: SamplingScheme.allCases)
  func valuesHoldTheExactProbability(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var (sharedCount, sharedMissCount) = (0, 0)
    for _ in 0..<RandomTests.count(40) {
      let small = try SmallGoal(&random, sampling)
      let probabilities = small.probabilities
      let step = Int.random(in: 1...2, using: &random)
      var curve = CoverageCurve(law: try small.law, sampling: sampling, goal: try small.goal)
      for n in stride(from: 1, to: probabilities.count, by: step) {
        let exact = probabilities[n]
        let coverage = try curve.coverage(drawCount: n)
        if coverage.isNoted { sharedCount += 1 }
        if coverage.isNoted && exact > Rational(1, 2) { sharedMissCount += 1 }
        let tails = try coverage.tails(precision: 80)
        #expect(tails.probability.contains(exact), "\(small), n = \(n)")
        #expect(tails.complement.contains(1 - exact), "\(small), n = \(n)")
        #expect(tails.isWithin(relativePrecision: 80), "\(small), n = \(n)")
      }
    }
    #expect(sharedCount > RandomTests.count(100) && sharedMissCount > RandomTests.count(50))
  }
}

/// A few classes, how often each must come, and the probabilities by the definition: ways to draw
/// by convolution, class after class, over all ways.
private struct SmallGoal: CustomStringConvertible {
  let sampling: SamplingScheme
  let weights, copies: [Int]
  let blank: Int

  init(_ random: inout SplitMix64, _ sampling: SamplingScheme) throws {
    self.sampling = sampling
    let count = Int.random(in: 1...5, using: &random)
    let least = sampling == .withReplacement ? 1 : 3
    let weights = (0..<count).map { _ in Int.random(in: least...12, using: &random) }
    let copies = (0..<count).map { _ in Int.random(in: 0...3, using: &random) }
    (self.weights, self.copies) = (
      weights, copies.allSatisfy { $0 == 0 } ? weights.map { _ in 1 } : copies
    )
    blank =
      sampling == .withReplacement && Bool.random(using: &random)
      ? Int.random(in: 1...6, using: &random) : 0
  }

  private var total: Int { weights.reduce(blank, +) }

  var law: LabelLaw {
    get throws {
      if blank == 0 { return try .counts(weights) }
      return try LabelLaw(probabilities: weights.map { Rational($0, total) }, blank: true)
    }
  }

  var goal: CoverageGoal { get throws { try CoverageGoal(copiesOfEach: copies) } }

  /// For n = 0, 1, ...
  var probabilities: [Rational] {
    let last = sampling == .withReplacement ? 70 : min(total, 70)
    var ways = [Integer(1)] + Array(repeating: 0, count: last)
    for (w, m) in zip(weights + [blank], copies + [0]) {
      ways = (0...last).map { n in
        (0...n).reduce(Integer(0)) { sum, k in
          if k < m || (w == 0 && k > 0) { return sum }
          return sampling == .withReplacement
            ? sum + Integer.binomial(n, k) * Integer(w).power(k) * ways[n - k]
            : sum + Integer.binomial(w, k) * ways[n - k]
        }
      }
    }
    return ways.enumerated().map { n, ways in
      let all =
        sampling == .withReplacement ? Integer(total).power(n) : Integer.binomial(total, n)
      return Rational(ways, all)
    }
  }

  var description: String { "\(copies) of \(weights), blank \(blank), \(sampling)" }
}
