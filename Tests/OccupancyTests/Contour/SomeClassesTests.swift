// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

struct SomeClassesTests {
  /// Random goals for random small laws against all outcomes, in both schemes and by all methods.
  @Test
  func enclosuresContainTheEnumeratedProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let item = SmallCase(&random)
      let copies = Int.random(in: 1...4, using: &random)
      let needed = Int.random(in: 1...item.weights.count, using: &random)
      let goal = try CoverageGoal(copies: copies, atLeast: needed)
      let exact = item.outcomes.probability { counts in
        counts.count { $0 >= copies } >= needed
      }
      let precision = Int.random(in: 8...200, using: &random)
      for method in OccupancyMethod.allCases where method != .inclusionExclusion || copies == 1 {
        let v = try CoverageProbability(
          law: LabelLaw(item.distribution), sampling: item.sampling, drawCount: item.drawCount,
          method: method, goal: goal)
        let note = "seed \(RandomTests.seed), \(item), \(goal), \(method), \(precision) bits"
        let tails = try v.tails(precision: precision)
        #expect(tails.probability.contains(exact), "\(note)")
        #expect(tails.complement.contains(1 - exact), "\(note)")
        #expect(tails.isWithin(relativePrecision: precision), "\(note)")
        #expect(try v.exactValue() == exact, "\(note)")
      }
    }
  }

  /// Laws of more classes, out of the reach of enumeration, against the exact recurrence.
  @Test
  func contoursAgreeWithTheRecurrence() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 1)
    for _ in 0..<RandomTests.count(30) {
      let classes = Int.random(in: 2...9, using: &random)
      let isUniform = Bool.random(using: &random)
      let size = Int.random(in: 1...8, using: &random)
      let weights = (0..<classes).map { _ in
        isUniform ? size : Int.random(in: 1...12, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let items = weights.reduce(0, +)
      let most = sampling == .withReplacement ? 40 : items
      let drawCount = Int.random(in: 1...most, using: &random)
      let goal = try CoverageGoal(
        copies: Int.random(in: 1...5, using: &random),
        atLeast: Int.random(in: 1...classes, using: &random))
      let v = try CoverageProbability(
        law: LabelLaw(LabelDistribution(counts: weights)), sampling: sampling,
        drawCount: drawCount, goal: goal)
      let exact = try v.exactValue()
      let tails = try v.tails(precision: 120)
      let note = "seed \(RandomTests.seed), \(weights), \(sampling), \(drawCount), \(goal)"
      #expect(tails.probability.contains(exact), "\(note)")
      #expect(tails.complement.contains(1 - exact), "\(note)")
      #expect(tails.isWithin(relativePrecision: 120), "\(note)")
    }
  }

  /// Long tails of many equal classes, whose far terms are left out and bounded.
  @Test(arguments: [(150, 100, 66), (150, 300, 84), (200, 200, 130), (300, 400, 232)])
  func tailsOfManyClassesContainTheExactProbability(classes: Int, draws: Int, needed: Int) throws {
    let v = try CoverageProbability(
      law: LabelLaw(LabelDistribution(counts: [Int](repeating: 2, count: classes))),
      sampling: .withReplacement, drawCount: draws, method: .contour,
      goal: CoverageGoal(copies: 1, atLeast: needed))
    let exact = try v.exactValue()
    for precision in [20, 60, 100] {
      let tails = try v.tails(precision: precision)
      #expect(tails.probability.contains(exact) && tails.complement.contains(1 - exact))
      #expect(tails.isWithin(relativePrecision: precision))
    }
  }

  @Test
  func certainAndImpossibleGoalsAreExact() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2, 5]))
    func value(_ n: Int, _ copies: Int, _ needed: Int, _ sampling: SamplingScheme) throws -> String
    {
      try CoverageProbability(
        law: law, sampling: sampling, drawCount: n,
        goal: CoverageGoal(copies: copies, atLeast: needed)
      ).value.decimal(significantDigits: 3)
    }
    #expect(try value(3, 2, 2, .withReplacement) == "0")
    // A class of one item is never drawn twice without replacement.
    #expect(try value(8, 2, 3, .withoutReplacement) == "0")
    #expect(try value(8, 2, 2, .withoutReplacement) == "1")
    // One draw of each class and a fourth: some class twice.
    #expect(try value(4, 2, 1, .withReplacement) == "1")
    #expect(try value(3, 2, 1, .withReplacement) != "1")
    #expect(try value(1, 1, 1, .withReplacement) == "1")
  }

  @Test
  func theProbabilityGrowsWithTheDrawsAndFallsWithTheGoal() throws {
    let law = LabelLaw(try LabelDistribution(counts: [3, 4, 5, 9, 9]))
    func lower(_ n: Int, _ copies: Int, _ needed: Int) throws -> Real {
      try CoverageProbability(
        law: law, sampling: .withReplacement, drawCount: n,
        goal: CoverageGoal(copies: copies, atLeast: needed)
      ).tails(precision: 60).probability.lower
    }
    for n in 20...24 {
      #expect(try lower(n, 2, 4) < lower(n + 1, 2, 4))
      #expect(try lower(n, 2, 4) > lower(n, 3, 4))
      #expect(try lower(n, 2, 4) > lower(n, 2, 5))
    }
  }
}
