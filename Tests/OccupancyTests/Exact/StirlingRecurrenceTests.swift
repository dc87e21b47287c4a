// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct StirlingRecurrenceTests {
  @Test
  func theEnclosuresContainTheLawAndAreAsNarrowAsPromised() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let (classes, size) = (
        Int.random(in: 1...8, using: &random), Int.random(in: 1...6, using: &random)
      )
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let most = sampling == .withReplacement ? 2000 : classes * size
      let draws = Int.random(in: 1...most, using: &random)
      let precision = Int.random(in: 4...120, using: &random)
      let law = LabelLaw(try .balanced(classCount: classes, itemsPerClass: size))
      let exact = try #require(
        try InclusionExclusion(
          requirement: law.requirement(), sampling: sampling, drawCount: draws
        )
        .exactDistinctLaw(upTo: min(draws, classes), within: 60))
      let found = try #require(try StirlingRecurrence(law.requirement(), sampling: sampling))
        .distinctLaw(drawCount: draws, precision: precision)
      #expect(found.count == exact.count)
      for (enclosure, value) in zip(found, exact) {
        let note = "seed \(RandomTests.seed), \(classes) x \(size), n = \(draws), \(sampling)"
        #expect(enclosure.contains(value), "\(note)")
        #expect(enclosure.isWithin(relativePrecision: precision), "\(note)")
      }
    }
  }

  @Test
  func requestsThatTakeTooLongAreRefused() throws {
    let law = LabelLaw(try .uniform(classCount: 100_000))
    let recurrence = try #require(
      try StirlingRecurrence(law.requirement(), sampling: .withReplacement))
    #expect(throws: CapacityError.self) {
      try recurrence.distinctLaw(drawCount: 1_000_000, precision: 53)
    }
  }

  @Test(arguments: SamplingScheme.allCases, [60, 300])
  func aClassOfMostItemsIsServed(sampling: SamplingScheme, precision: Int) throws {
    let law = try LabelLaw.counts([Int.max - 1])
    let recurrence = try #require(try StirlingRecurrence(law.requirement(), sampling: sampling))
    let found = try recurrence.distinctLaw(drawCount: 3, precision: precision)
    #expect(found.count == 2 && found[0].contains(0) && found[1].contains(1))
  }

  @Test
  func unequalClassesAndCopiesHaveNoSuchRecurrence() throws {
    let unequal = try LabelLaw.counts([1, 2])
    #expect(try StirlingRecurrence(unequal.requirement(), sampling: .withReplacement) == nil)
    let equal = try LabelLaw.counts([2, 2])
    let twice = try equal.requirement(CoverageGoal(copies: 2))
    #expect(StirlingRecurrence(twice, sampling: .withReplacement) == nil)
  }

  /// Equal classes among others, which need not come.
  @Test
  func drawsThatNeedNotShowAnythingAreTheWeightBeside() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 1)
    for _ in 0..<RandomTests.count(60) {
      let size = Int.random(in: 1...4, using: &random)
      let classes = Int.random(in: 1...5, using: &random)
      let rest = Int.random(in: 1...9, using: &random)
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let weights = Array(repeating: size, count: classes) + [rest]
      let draws = Int.random(in: 1...weights.reduce(0, +), using: &random)
      let requirement = try LabelLaw.counts(weights).requirement(CoverageGoal(required: classes))
      let recurrence = try #require(StirlingRecurrence(requirement, sampling: sampling))
      let exact = try #require(
        ClassConvolution(requirement: requirement, sampling: sampling)
          .distinctLaw(drawCount: draws, within: 60))
      let found = try recurrence.distinctLaw(drawCount: draws, precision: 60)
      for (enclosure, value) in zip(found, exact) {
        let note = "seed \(RandomTests.seed), \(weights), n = \(draws), \(sampling)"
        #expect(enclosure.contains(value), "\(note)")
        #expect(enclosure.isWithin(relativePrecision: 60), "\(note)")
      }
      #expect(found.count == exact.count)
    }
  }
}
