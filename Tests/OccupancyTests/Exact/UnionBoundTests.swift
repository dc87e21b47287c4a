// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct UnionBoundTests {
  /// Every class once, several copies of all, and of each class its own number.
  @Test
  func theBoundAndTheMeanContainTheEnumeratedValues() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for round in 0..<RandomTests.count(600) {
      let item = SmallCase(&random)
      guard item.weights.count > 1 else { continue }
      let same = Int.random(in: 1...4, using: &random)
      var copies = item.weights.map { _ in
        [1, same, Int.random(in: 0...4, using: &random)][round % 3]
      }
      if !copies.contains(where: { $0 > 0 }) { copies[0] = 1 }
      let outcomes = item.outcomes
      func shortfalls(_ counts: [Int]) -> Int { zip(counts, copies).count { $0 < $1 } }
      let exact = outcomes.probability { shortfalls($0) > 0 }
      let mean = outcomes.mean(shortfalls)
      let bound = UnionBound(
        requirement: try item.law.requirement(CoverageGoal(copiesOfEach: copies)),
        sampling: item.sampling, drawCount: item.drawCount)
      for precision in [10, 80] {
        let note = "seed \(RandomTests.seed), \(item), \(copies) copies"
        #expect(bound.probability(precision: precision).contains(exact), "\(note)")
        #expect(bound.expectedCount(precision: precision).contains(mean), "\(note)")
      }
    }
  }

  @Test(arguments: SamplingScheme.allCases, [1, 3])
  func theRelativeWidthIsBelowTheBoundItself(sampling: SamplingScheme, copies: Int) throws {
    let law = LabelLaw(try LabelDistribution(counts: [40, 50, 60]))
    let goal = try CoverageGoal(copies: copies)
    let exact =
      1
      - (try CoverageProbability(law: law, sampling: sampling, drawCount: 90, goal: goal)
        .exactValue())
    let bound = UnionBound(
      requirement: try law.requirement(goal), sampling: sampling, drawCount: 90
    ).probability(precision: 200)
    #expect(bound.contains(exact))
    let width = bound.upper.rational - bound.lower.rational
    #expect(width <= bound.upper.rational * bound.lower.rational)
  }
}
