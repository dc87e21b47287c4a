// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
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
      let most = sampling == .withReplacement ? 200 : classes * size
      let draws = Int.random(in: 1...most, using: &random)
      let precision = Int.random(in: 4...120, using: &random)
      let law = LabelLaw(try .balanced(classCount: classes, itemsPerClass: size))
      let exact = try #require(
        InclusionExclusion(law: law, sampling: sampling, drawCount: draws)
          .exactDistinctLaw(upTo: min(draws, classes), workLimit: 1e9))
      let found = try StirlingRecurrence(law: law, sampling: sampling)
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
    #expect(throws: CapacityError.self) {
      try StirlingRecurrence(law: law, sampling: .withReplacement)
        .distinctLaw(drawCount: 1_000_000, precision: 53)
    }
    let unequal = LabelLaw(try LabelDistribution(counts: [1, 2]))
    #expect(throws: CapacityError.self) {
      try StirlingRecurrence(law: unequal, sampling: .withReplacement)
        .distinctLaw(drawCount: 3, precision: 53)
    }
  }
}
