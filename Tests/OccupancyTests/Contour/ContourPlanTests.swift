// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ContourPlanTests {
  @Test
  func nodesBeyondTheCutOffAreLeftOutWhateverTheirNumber() throws {
    // Also where the count is a multiple of 4, so that a quarter turn hits pi/2 itself.
    let law = LabelLaw(try .uniform(classCount: 1000))
    let function = try law.allReached(.withReplacement)
    var remainders: Set<Int> = []
    for degree in 7700...7760 {
      let plan = ContourPlan(function, degree: degree, bits: 60)
      remainders.insert(plan.nodeCount % 4)
      #expect(plan.lastNode < 40, "n = \(degree): \(plan)")
    }
    #expect(remainders.contains(0))
  }

  @Test(arguments: [10_000_000, 100_000_000_000, 1_000_000_000_000_000])
  func theNumberOfEvaluatedNodesDoesNotGrowWithTheDraws(drawCount: Int) throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, drawCount]))
    let function = try law.allReached(.withReplacement)
    let plan = ContourPlan(function, degree: drawCount, bits: 60)
    #expect(plan.lastNode < 100, "\(plan)")
  }

  /// The chance to see half of the classes at most, which is near e^-n: the tilt of so many draws is
  /// too large a number to say what they are on average.
  @Test(arguments: [10_000_000, 100_000_000_000, 1_000_000_000_000_000])
  func norDoTheNodesOfATailOfEqualClasses(drawCount: Int) throws {
    let law = LabelLaw(try .uniform(classCount: 10))
    for copies in [1, 2, 10] {
      let goal = try CoverageGoal(copies: copies, atLeast: 5)
      let function = SomeReached(
        try law.product(.withReplacement, goal), .atMost, 4, degree: drawCount)
      let plan = ContourPlan(function, degree: drawCount, bits: 60)
      #expect(plan.lastNode < 100, "\(plan)")
    }
  }

  @Test(arguments: [2, 1000, 1_000_000, 1_000_000_000_000])
  func oneDrawMoreThanClassesHasASmallPlan(classCount: Int) throws {
    let law = LabelLaw(try .uniform(classCount: classCount))
    let function = try law.allReached(.withReplacement)
    let plan = ContourPlan(function, degree: classCount + 1, bits: 60)
    #expect(plan.nodeCount < 100, "\(plan)")
    // C lambda/2 = 1 to first order.
    #expect(abs(plan.radius * Double(classCount) / 2 / Double(classCount) - 1) < 1.1)
  }

  @Test
  func theRadiusSolvesTheSaddlePointEquation() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let weights = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        Int.random(in: 1...50, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let (low, high) = (weights.count, weights.reduce(0, +))
      guard high - low > 2 else { continue }
      let degree = Int.random(in: (low + 1)...(high - 1), using: &random)
      let function = try LabelLaw.counts(weights).allReached(sampling)
      let r = ContourPlan.radius(function, degree: degree)
      let mean = function.excess(r) + Double(low)
      #expect(
        abs(mean - Double(degree)) < 1e-5, "seed \(RandomTests.seed), \(weights), n = \(degree)")
    }
  }

  @Test
  func radiiOnTheWrongSideOfTheCircleAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let function = try LabelLaw.uniform(classCount: 3).allReached(.withReplacement)
      let plan = ContourPlan(
        radius: 1, nodeCount: 8, lastNode: 4, upperRadius: 0.5, lowerRadius: nil)
      _ = plan.aliasBound(function, degree: 5)
    }
  }
}
