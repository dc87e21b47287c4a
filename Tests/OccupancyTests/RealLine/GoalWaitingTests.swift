// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

/// A random small law with a goal that can be reached, and its waiting time from the definition.
private struct GoalCase: CustomStringConvertible {
  let sizes: [Int]
  let sampling: SamplingScheme
  let goal: CoverageGoal

  init(_ random: inout SplitMix64) throws {
    let isUniform = Bool.random(using: &random)
    let classes = Int.random(in: 1...4, using: &random)
    sampling = Bool.random(using: &random) ? .withReplacement : .withoutReplacement
    let copies = Int.random(in: 1...3, using: &random)
    let size = Int.random(in: copies...5, using: &random)
    // One class at least has m items; others may be out of reach without replacement.
    sizes = (0..<classes).map { c in
      isUniform || c == 0 ? size : Int.random(in: 1...5, using: &random)
    }
    let sampling = self.sampling
    let reachable = sizes.count { sampling == .withReplacement || $0 >= copies }
    goal = try CoverageGoal(
      copies: copies, classCount: Int.random(in: 1...reachable, using: &random))
  }

  var description: String { "\(sizes), \(sampling), \(goal)" }

  var law: LabelLaw { get throws { LabelLaw(try LabelDistribution(counts: sizes)) } }
  var time: WaitingTime {
    get throws { try WaitingTime(law: law, sampling: sampling, goal: goal) }
  }

  /// P(T <= n) for n = 0, 1, ..., from the recurrence over the classes that \`GoalProbabilityTests\`
  /// compares with all outcomes.
  func curve(upTo last: Int) throws -> [Rational] {
    try (0...last).map { n in
      n == 0
        ? 0
        : try CoverageProbability(law: law, sampling: sampling, drawCount: n, goal: goal)
          .exactValue()
    }
  }
}

struct GoalWaitingTests {
  @Test
  func momentsWithoutReplacementAreSumsOverAllNumbersOfDraws() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var done = 0
    while done < RandomTests.count(15) {
      let item = try GoalCase(&random)
      guard item.sampling == .withoutReplacement else { continue }
      done += 1
      let curve = try item.curve(upTo: item.sizes.reduce(0, +))
      let mean = curve.reduce(0) { $0 + (1 - $1) }
      let rising = curve.enumerated().reduce(Rational(0)) {
        $0 + Rational(2 * ($1.offset + 1)) * (1 - $1.element)
      }
      let exact = try #require(
        try ExactGoalMoments.moments(
          law: item.law, sampling: item.sampling, goal: item.goal, workLimit: 100_000))
      let note = "seed \(RandomTests.seed), \(item)"
      #expect(exact.mean == mean, "\(note)")
      #expect(exact.variance == rising - mean * mean - mean, "\(note)")
    }
  }

  /// Few classes with replacement: the sum of P(T > n) up to N, and what a geometric bound leaves.
  @Test
  func momentsWithReplacementLieBetweenPartialSums() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2]))
    let goal = try CoverageGoal(copies: 2)
    let exact = try #require(
      ExactGoalMoments.moments(
        law: law, sampling: .withReplacement, goal: goal, workLimit: 100_000))
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
  func quadratureEnclosesTheExactMoments() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 2)
    for _ in 0..<RandomTests.count(40) {
      let item = try GoalCase(&random)
      let exact = try #require(
        try ExactGoalMoments.moments(
          law: item.law, sampling: item.sampling, goal: item.goal, workLimit: 1_000_000))
      let bits = Int.random(in: 30...120, using: &random)
      let moments = try GoalQuadrature(
        law: item.law, sampling: item.sampling, goal: item.goal
      ).moments(bits: bits)
      let note = "seed \(RandomTests.seed), \(item), \(bits) bits"
      #expect(moments.mean.contains(exact.mean), "\(note)")
      let rising = exact.variance + exact.mean * exact.mean + exact.mean
      #expect(moments.rising.contains(rising), "\(note)")
      #expect(moments.mean.isWithin(relativePrecision: bits - 2), "\(note)")
      #expect(moments.rising.isWithin(relativePrecision: bits - 2), "\(note)")
    }
  }

  @Test
  func geometricTimesAreTheExactSums() throws {
    for (classes, needed) in [(5, 1), (5, 4), (40, 20)] {
      let law = LabelLaw(try .uniform(classCount: classes))
      let exact = try #require(
        ExactGoalMoments.moments(
          law: law, sampling: .withReplacement, goal: CoverageGoal(classCount: needed),
          workLimit: 1000))
      let moments = GeometricTimes.moments(classCount: classes, needed: needed, bits: 80)
      #expect(moments.mean.contains(exact.mean))
      #expect(moments.variance(precision: 100).contains(exact.variance))
      let quadrature = try GoalQuadrature(
        law: law, sampling: .withReplacement, goal: CoverageGoal(classCount: needed)
      ).moments(bits: 60)
      #expect(quadrature.mean.contains(exact.mean))
    }
  }

  @Test
  func aQuantileIsTheLeastNumberThatReachesTheProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 3)
    for _ in 0..<RandomTests.count(25) {
      let item = try GoalCase(&random)
      let p = Rational(Int.random(in: 1...999, using: &random), 1000)
      let n = try item.time.quantile(p)
      let note = "seed \(RandomTests.seed), \(item), p \(p), n \(n)"
      let curve = try item.curve(upTo: n)
      #expect(curve[n] >= p, "\(note)")
      #expect(curve[n - 1] < p, "\(note)")
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
      law: law, sampling: .withReplacement, goal: CoverageGoal(classCount: 1))
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
      law: law, sampling: .withoutReplacement, goal: CoverageGoal(copies: 2, classCount: 2))
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
}
