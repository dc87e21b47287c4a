// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Randomness
import TestSupport
import Testing

struct CoverageProbabilityGoalsTests {
  /// Random goals for random small laws against all outcomes, by every method that serves them.
  @Test(arguments: GoalKind.allCases)
  func enclosuresContainTheEnumeratedProbability(kind: GoalKind) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(1000) {
      let example = try GoalCase(kind, &random)
      let item = example.item
      let exact = item.outcomes.probability(example.isReached)
      let precision = Int.random(in: 8...200, using: &random)
      for method in OccupancyMethod.allCases {
        if method == .inclusionExclusion && !example.isSingle { continue }
        let v = try CoverageProbability(
          law: item.law, sampling: item.sampling, drawCount: item.drawCount, method: method,
          goal: example.goal)
        let note = "seed \(RandomTests.seed), \(example), \(method), \(precision) bits"
        let tails = try v.tails(precision: precision)
        #expect(tails.probability.contains(exact), "\(note)")
        #expect(tails.complement.contains(1 - exact), "\(note)")
        #expect(tails.probability.isWithin(relativePrecision: precision), "\(note)")
        #expect(tails.complement.isWithin(relativePrecision: precision), "\(note)")
        #expect(try v.exactValue() == exact, "\(note)")
      }
    }
  }

  /// Two oracles that share nothing agree, so that either may be trusted.
  @Test(arguments: GoalKind.allCases)
  func theCurveOfACaseIsItsEnumeratedProbability(kind: GoalKind) throws {
    var random = SplitMix64(keys: RandomTests.seed, 1)
    for _ in 0..<RandomTests.count(60) {
      let example = try GoalCase(kind, &random)
      let exact = example.item.outcomes.probability(example.isReached)
      let note = "seed \(RandomTests.seed), \(example)"
      #expect(example.curve(upTo: example.item.drawCount).last == exact, "\(note)")
    }
  }

  /// Short decimals are computed in words of fixed size first, long ones in balls.
  @Test
  func shortDecimalsAreLongOnesRounded() throws {
    var random = SplitMix64(keys: RandomTests.seed, 2)
    for _ in 0..<RandomTests.count(200) {
      let weights = (0..<Int.random(in: 2...9, using: &random)).map { _ in
        Int.random(in: 1...20, using: &random)
      }
      let law = try LabelLaw.counts(weights)
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let most = sampling == .withReplacement ? 4 * weights.count : weights.reduce(0, +) / 2
      let draws = Int.random(in: 1...max(1, most), using: &random)
      var copies = weights.map { Int.random(in: 0...min(2, $0), using: &random) }
      if Bool.random(using: &random) { copies = copies.map { _ in 1 } }
      if !copies.contains(where: { $0 > 0 }) { copies[0] = 1 }
      let isComplete = Bool.random(using: &random)
      let needed = Int.random(in: 1...copies.count { $0 > 0 }, using: &random)
      let goal = try CoverageGoal(copiesOfEach: copies, atLeast: isComplete ? nil : needed)
      let distinctCount = Int.random(in: 1...weights.count, using: &random)
      let collisionCount = Int.random(in: 0...2, using: &random)
      let note = "seed \(RandomTests.seed), \(weights), \(sampling), \(draws) draws, \(goal)"
      // Nothing is kept from one number of digits to the next.
      func values(_ digits: Int) throws -> [String] {
        let v = try CoverageProbability(
          law: law, sampling: sampling, drawCount: draws, method: .contour, goal: goal)
        let w = try CoverageProbability(
          law: law, sampling: sampling, drawCount: draws, method: .contour, goal: goal)
        let distinct = try DistinctLaw(
          law: law, sampling: sampling, drawCount: draws, method: .contour)
        let covered = try CoveredCollisionLaw(
          law: law, sampling: sampling, negativeCount: draws - 1, method: .contour, goal: goal)
        return try [
          v.value, w.complement, distinct.pmf(distinctCount), covered.pmf(collisionCount),
        ].map { try $0.decimal(significantDigits: digits) }
      }
      for (short, long) in zip(try values(17), try values(60)) {
        let rounded = try ComputableReal(Rational(parsing: long)).decimal(significantDigits: 17)
        #expect(try Rational(parsing: short) == Rational(parsing: rounded), "\(note)")
      }
    }
  }
}
