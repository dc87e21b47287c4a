// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Randomness
import TestSupport
import Testing

struct CoveredCollisionLawTests {
  @Test
  func theEnclosuresOfAllMethodsContainTheEnumeratedProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 2)
    for _ in 0..<RandomTests.count(500) {
      let item = SmallCase(&random)
      let outcomes = item.outcomes
      let precision = Int.random(in: 8...120, using: &random)
      for method in OccupancyMethod.allCases {
        let law = try CoveredCollisionLaw(
          law: LabelLaw(item.distribution), sampling: item.sampling,
          negativeCount: item.drawCount - 1, method: method)
        for m in 0..<item.drawCount {
          let exact = outcomes.anchorProbability(collisions: m) { $0.allSatisfy { $0 > 0 } }
          let value = try law.pmf(m)
          let note = "seed \(RandomTests.seed), \(item), \(method), m = \(m), \(precision) bits"
          let enclosure = try value.enclosure(precision: precision)
          #expect(enclosure.contains(exact), "\(note)")
          #expect(enclosure.isWithin(relativePrecision: precision), "\(note)")
          #expect(try value.isExactly(exact), "\(note)")
        }
      }
    }
  }

  @Test
  func aCurveHasTheLawsOfItsNumbers() throws {
    for sampling in [SamplingScheme.withReplacement, .withoutReplacement] {
      for counts in [[3, 3, 3, 3], [1, 2, 5]] {
        let law = LabelLaw(try LabelDistribution(counts: counts))
        var curve = CoveredCollisionCurve(law: law, sampling: sampling)
        for negatives in 0...7 {
          let (one, other) = (
            try curve.law(negativeCount: negatives),
            try CoveredCollisionLaw(law: law, sampling: sampling, negativeCount: negatives)
          )
          for m in 0...negatives {
            let enclosure = try one.pmf(m).enclosure(precision: 60)
            let finer = try other.pmf(m).enclosure(precision: 120)
            #expect(enclosure.overlaps(finer), "\(counts), \(sampling), \(negatives), \(m)")
            #expect(enclosure.isWithin(relativePrecision: 60))
          }
        }
      }
    }
  }

  @Test
  func theEnclosuresForOtherGoalsContainTheEnumeratedProbability() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 4)
    for _ in 0..<RandomTests.count(30) {
      let item = SmallCase(&random)
      let copies = Int.random(in: 1...3, using: &random)
      let needed = Int.random(in: 1...item.weights.count, using: &random)
      let law = try CoveredCollisionLaw(
        law: LabelLaw(item.distribution), sampling: item.sampling,
        negativeCount: item.drawCount - 1,
        goal: CoverageGoal(copies: copies, atLeast: needed))
      for m in 0..<item.drawCount {
        let exact = item.outcomes.anchorProbability(collisions: m) { counts in
          counts.count { $0 >= copies } >= needed
        }
        let value = try law.pmf(m)
        let note = "seed \(RandomTests.seed), \(item), \(copies) copies of \(needed), m = \(m)"
        let enclosure = try value.enclosure(precision: 60)
        #expect(enclosure.contains(exact), "\(note)")
        #expect(enclosure.isWithin(relativePrecision: 60), "\(note)")
        #expect(try value.isExactly(exact), "\(note)")
      }
    }
  }

  /// Classes that need not come, and copies that differ.
  @Test(arguments: [GoalKind.required, .copiesOfEach])
  func theEnclosuresForMixedGoalsContainTheEnumeratedProbability(kind: GoalKind) throws {
    var random = SplitMix64(keys: RandomTests.seed, 5)
    for _ in 0..<RandomTests.count(200) {
      let example = try GoalCase(kind, &random)
      let item = example.item
      let outcomes = item.outcomes
      let precision = Int.random(in: 8...120, using: &random)
      for method in OccupancyMethod.allCases {
        if method == .inclusionExclusion && !example.isSingle { continue }
        let law = try CoveredCollisionLaw(
          law: item.law, sampling: item.sampling, negativeCount: item.drawCount - 1,
          method: method, goal: example.goal)
        for m in 0..<item.drawCount {
          let exact = outcomes.anchorProbability(collisions: m, example.isReached)
          let value = try law.pmf(m)
          let note = "seed \(RandomTests.seed), \(example), \(method), m = \(m)"
          let enclosure = try value.enclosure(precision: precision)
          #expect(enclosure.contains(exact), "\(note), \(precision) bits")
          #expect(enclosure.isWithin(relativePrecision: precision), "\(note), \(precision) bits")
          #expect(try value.isExactly(exact), "\(note)")
        }
      }
    }
  }

  @Test
  func aLawWithABlankIsRefused() throws {
    let law = try LabelLaw(probabilities: [Rational(1, 4)], blank: true)
    let error = #expect(throws: DomainError.self) {
      try CoveredCollisionLaw(law: law, sampling: .withReplacement, negativeCount: 2)
    }
    #expect(error?.parameter == "sum of the probabilities")
  }

  @Test
  func theUniformFixtureOfTheCurlBound() throws {
    // By exact rationals: C = 10, K = 31, 1/P(Col = 0, cover) = 33.561797.
    let law = try CoveredCollisionLaw(
      law: LabelLaw(try .uniform(classCount: 10)), sampling: .withReplacement, negativeCount: 31)
    let inverse = Enclosure(1).divided(
      by: try law.pmf(0).enclosure(precision: 80), precision: 80)
    let printed = try Rational(parsing: "33.561797")
    #expect(Rational(-1, 2_000_000) <= inverse.lower.rational - printed)
    #expect(inverse.upper.rational - printed <= Rational(1, 2_000_000))
  }

  @Test
  func collisionsSumToCoverage() throws {
    let sizes = [3, 4, 4, 7, 12]
    for sampling in SamplingScheme.allCases {
      let law = LabelLaw(try LabelDistribution(counts: sizes))
      let joint = try CoveredCollisionLaw(law: law, sampling: sampling, negativeCount: 15)
      var sum = Enclosure(0)
      for m in 0...11 {
        sum = sum.adding(try joint.pmf(m).enclosure(precision: 90), precision: 100)
      }
      let v = try CoverageProbability(law: law, sampling: sampling, drawCount: 16)
      #expect(sum.contains(try v.exactValue()))
    }
  }
}
