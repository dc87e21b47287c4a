// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct WaitingTimeDoublesTests {
  /// Every value is what the tail by itself rounds to, whichever numbers it is asked for with.
  private func expectNearest(
    _ time: WaitingTime, _ drawCounts: [Int], every: Int, _ note: String = ""
  ) throws {
    for complement in [false, true] {
      let values = try time.doubles(drawCounts, complement: complement)
      try #require(values.count == drawCounts.count)
      for place in stride(from: 0, to: drawCounts.count, by: every) {
        let n = drawCounts[place]
        let alone = try complement ? time.ccdf(n).double : time.cdf(n).double
        #expect(values[place] == alone, "n = \(n), complement \(complement) \(note)")
      }
    }
  }

  @Test(arguments: SamplingScheme.allCases)
  func `doubles of a range are those of single numbers`(sampling: SamplingScheme) throws {
    let equal = LabelLaw(try .balanced(classCount: 20, itemsPerClass: 50))
    let unequal = try LabelLaw.counts([2, 3, 5, 8, 8, 9, 20, 40])
    for (law, last) in [(equal, 1000), (unequal, 95)] {
      let time = try WaitingTime(law: law, sampling: sampling)
      try expectNearest(time, Array(-3...last), every: 13)
      try expectNearest(time, Array(stride(from: 1, through: last, by: 7)), every: 5)
    }
  }

  @Test func `numbers may come in any order, again, and far apart`() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(8) {
      let sizes = (0..<Int.random(in: 2...12, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      let time = try WaitingTime(law: .counts(sizes), sampling: .withReplacement)
      let numbers = (0..<60).map { _ in
        Bool.random(using: &random)
          ? Int.random(in: 0...80, using: &random) : Int.random(in: 0...100_000, using: &random)
      }
      try expectNearest(time, numbers, every: 7, "of \(sizes), seed \(RandomTests.seed)")
    }
  }

  @Test func `what rounds to 0 or 1 does so from its first number on`() throws {
    let time = try WaitingTime(law: .uniform(classCount: 300), sampling: .withReplacement)
    let numbers = Array(300...20_000)
    let (cdf, ccdf) = (
      try time.doubles(numbers, complement: false), try time.doubles(numbers, complement: true)
    )
    #expect(cdf == cdf.sorted() && ccdf == ccdf.sorted(by: >))
    for (values, level) in [(cdf, 1.0), (ccdf, 1.0)] {
      let place = try #require(values.firstIndex { ($0 == level) != (values[0] == level) })
      for index in place - 1...place {
        let alone = try values[0] == 1 ? time.ccdf(numbers[index]) : time.cdf(numbers[index])
        #expect(try alone.double == values[index])
      }
    }
  }

  @Test func `goals other than every class once have doubles too`() throws {
    let law = try LabelLaw.counts([5, 5, 5, 8])
    for goal in [try CoverageGoal(copies: 2), try CoverageGoal(atLeast: 3)] {
      for sampling in SamplingScheme.allCases {
        let time = try WaitingTime(law: law, sampling: sampling, goal: goal)
        try expectNearest(time, Array(0...23), every: 1)
      }
    }
  }

  @Test func `a number that is out of range is an error`() throws {
    let time = try WaitingTime(law: .uniform(classCount: 3), sampling: .withReplacement)
    #expect(throws: DomainError.self) {
      try time.doubles([1, 1_000_000_000_000_001], complement: false)
    }
    #expect(try time.doubles([], complement: true) == [])
  }
}
