// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct WaitingTimeGoalsTests {
  /// As fractions, by the quadrature, and whichever of these the waiting time takes.
  @Test(arguments: GoalKind.allCases)
  func momentsAreThoseOfTheDefinition(kind: GoalKind) throws {
    var random = SplitMix64(keys: RandomTests.seed, 1)
    for _ in 0..<RandomTests.count(80) {
      let example = try GoalCase.reachable(kind, &random)
      let requirement = try example.item.law.requirement(example.goal)
      let sampling = example.item.sampling
      let (mean, square) = example.moments
      let variance = square - mean * mean
      let note = "seed \(RandomTests.seed), \(example)"
      let exact = try #require(
        ExactWaitingMoments(requirement, sampling: sampling, termLimit: 50_000), "\(note)")
      #expect(exact.mean == mean, "\(note)")
      #expect(exact.variance == variance, "\(note)")
      let bits = Int.random(in: 30...120, using: &random)
      let moments = try WaitingQuadrature(requirement: requirement, sampling: sampling)
        .moments(bits: bits)
      #expect(moments.mean.contains(mean), "\(note), \(bits) bits")
      #expect(moments.rising.contains(square + mean), "\(note), \(bits) bits")
      let time = try example.time
      for (value, exact) in [(time.mean, mean), (time.variance, variance)] {
        let enclosure = try value.enclosure(precision: bits)
        #expect(enclosure.contains(exact), "\(note), \(bits) bits")
        #expect(enclosure.isWithin(relativePrecision: bits), "\(note), \(bits) bits")
      }
      #expect(try time.mean.isExactly(mean) && time.variance.isExactly(variance), "\(note)")
    }
  }

  @Test(arguments: GoalKind.allCases, [60, 300])
  func quadratureIsAsNarrowAsAsked(kind: GoalKind, bits: Int) throws {
    var random = SplitMix64(keys: RandomTests.seed, 4)
    for _ in 0..<RandomTests.count(40) {
      let example = try GoalCase.reachable(kind, &random)
      let moments = try WaitingQuadrature(
        requirement: example.item.law.requirement(example.goal), sampling: example.item.sampling
      ).moments(bits: bits)
      let note = "seed \(RandomTests.seed), \(example)"
      #expect(moments.mean.isWithin(relativePrecision: bits - 2), "\(note)")
      #expect(moments.rising.isWithin(relativePrecision: bits - 2), "\(note)")
    }
  }

  @Test(arguments: GoalKind.allCases)
  func aQuantileIsTheLeastNumberThatReachesTheProbability(kind: GoalKind) throws {
    var random = SplitMix64(keys: RandomTests.seed, 2)
    for _ in 0..<RandomTests.count(80) {
      let example = try GoalCase.reachable(kind, &random)
      let p = Rational(Int.random(in: 1...999, using: &random), 1000)
      let n = try example.time.quantile(p)
      let note = "seed \(RandomTests.seed), \(example), p \(p), n \(n)"
      let curve = example.curve(upTo: n)
      #expect(curve[n] >= p, "\(note)")
      #expect(curve[n - 1] < p, "\(note)")
      // A level that is met exactly is reached, one above is not.
      guard curve[n] < 1 else { continue }
      #expect(try example.time.quantile(curve[n]) == n, "\(note)")
      let above = curve[n] + Rational(1, Integer(10).power(100))
      #expect(try example.time.quantile(above) == n + 1, "\(note)")
    }
  }

  /// Few classes with replacement: the sum of P(T > n) up to N, and what a geometric bound leaves.
  @Test
  func momentsWithReplacementLieBetweenPartialSums() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2]))
    let goal = try CoverageGoal(copies: 2)
    let exact = try #require(
      try ExactWaitingMoments(
        law.requirement(goal), sampling: .withReplacement, termLimit: 5000))
    // P(T > n) = P(at most one draw of a) + P(at most one of b) for n >= 4, in fractions.
    var sum: Rational = 4
    for n in 4...200 {
      let (a, b) = (Rational(1, 3), Rational(2, 3))
      let few = { (p: Rational, q: Rational) in
        q.power(n) + Rational(n) * p * q.power(n - 1)
      }
      sum += few(a, b) + few(b, a)
    }
    #expect(exact.mean > sum)
    #expect(exact.mean < sum + Rational(1, Integer(10).power(30)))
  }

  @Test
  func geometricTimesAreTheExactSums() throws {
    for (classes, needed) in [(5, 1), (5, 4), (40, 20)] {
      let law = LabelLaw(try .uniform(classCount: classes))
      let requirement = try law.requirement(CoverageGoal(atLeast: needed))
      let exact = try #require(
        ExactWaitingMoments(requirement, sampling: .withReplacement, termLimit: 1000))
      let moments = GeometricTimes.moments(classCount: classes, needed: needed, bits: 80)
      #expect(moments.mean.contains(exact.mean))
      #expect(moments.variance(precision: 100).contains(exact.variance))
      let quadrature = try WaitingQuadrature(
        requirement: requirement, sampling: .withReplacement
      ).moments(bits: 60)
      #expect(quadrature.mean.contains(exact.mean))
    }
  }

  @Test
  func aQuantileCanBeAValueOfTheDistributionItself() throws {
    // Two of two equally likely classes twice: P(T <= 4) = 6/16.
    let law = LabelLaw(try .uniform(classCount: 2))
    let time = try WaitingTime(
      law: law, sampling: .withReplacement, goal: CoverageGoal(copies: 2))
    #expect(try time.quantile(Rational(3, 8)) == 4)
    #expect(try time.quantile(Rational(3, 8) + Rational(1, 1_000_000)) == 5)
  }

  @Test
  func certainTimesAreExact() throws {
    let law = LabelLaw(try LabelDistribution(counts: [2, 2, 2]))
    let all = try WaitingTime(
      law: law, sampling: .withoutReplacement, goal: CoverageGoal(copies: 2))
    #expect(try all.mean.decimal(significantDigits: 9) == "6")
    #expect(try all.standardDeviation.decimal(significantDigits: 9) == "0")
    let one = try WaitingTime(
      law: law, sampling: .withReplacement, goal: CoverageGoal(atLeast: 1))
    #expect(try one.mean.decimal(significantDigits: 9) == "1")
    #expect(try one.quantile(Rational(1, 2)) == 1)
  }

  @Test
  func aGoalOutOfReachIsRefused() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2, 2]))
    #expect(throws: DomainError.self) {
      try WaitingTime(law: law, sampling: .withoutReplacement, goal: CoverageGoal(copies: 2))
    }
    _ = try WaitingTime(
      law: law, sampling: .withoutReplacement, goal: CoverageGoal(copies: 2, atLeast: 2))
  }

  /// E[T] of the double dixie cup problem, Newman & Shepp's integral: 2 for one class, 5.5 for two.
  @Test
  func knownMeansOfTheDoubleDixieCup() throws {
    for (classes, mean) in [(1, Rational(2)), (2, Rational(11, 2))] {
      let time = try WaitingTime(
        law: LabelLaw(.uniform(classCount: classes)), sampling: .withReplacement,
        goal: CoverageGoal(copies: 2))
      #expect(try time.mean.isExactly(mean))
    }
  }

  /// Three classes of 7/1000 each; the other draws show nothing, or a class that need not come.
  @Test
  func requiredClassesBesideABlank() throws {
    let rare = Array(repeating: Rational(7, 1000), count: 3)
    let laws = [
      (try LabelLaw(probabilities: rare, blank: true), CoverageGoal.everyClassOnce),
      (
        try LabelLaw(probabilities: rare + [Rational(979, 1000)]), try CoverageGoal(required: 3)
      ),
    ]
    for (law, goal) in laws {
      let time = try WaitingTime(law: law, sampling: .withReplacement, goal: goal)
      #expect(try time.mean.isExactly(Rational(11, 6) / Rational(7, 1000)))
      #expect(try time.mean.decimal(significantDigits: 25) == "261.9047619047619047619048")
      let quantiles = try [Rational(1, 2), Rational(9, 10), Rational(99, 100)].map {
        try time.quantile($0)
      }
      #expect(quantiles == [226, 480, 812])
      let v = try time.cdf(500).decimal(significantDigits: 25)
      #expect(v == "0.9130949801336487261013697")
    }
  }
}
