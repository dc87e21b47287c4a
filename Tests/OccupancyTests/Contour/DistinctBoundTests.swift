// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct DistinctBoundTests {
  @Test
  func theBoundsAreAboveTheTails() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var served = 0
    for _ in 0..<RandomTests.count(100) {
      let item = SmallCase(&random)
      let law = LabelLaw(try item.distribution)
      let exact = try #require(
        try ClassConvolution(requirement: law.requirement(), sampling: item.sampling)
          .distinctLaw(drawCount: item.drawCount, within: 60))
      let bound = DistinctBound(
        product: try law.product(item.sampling), drawCount: item.drawCount)
      for d in exact.indices {
        let note = "seed \(RandomTests.seed), \(item), d = \(d)"
        if let above = bound.bound(.atLeast, d, atMost: 1) {
          served += 1
          #expect(above.rational >= exact[d...].reduce(0, +), "\(note)")
          #expect(above.rational <= Rational(1, 2), "\(note)")
        }
        if let below = bound.bound(.atMost, d, atMost: 1) {
          served += 1
          #expect(below.rational >= exact[...d].reduce(0, +), "\(note)")
        }
      }
    }
    #expect(served > 20)
  }

  @Test
  func longTailsAreEnclosedWithoutSummingThem() throws {
    let law = LabelLaw(try LabelDistribution(counts: (1...300).map { 20 + $0 % 3 }))
    let distinct = try DistinctLaw(law: law, sampling: .withReplacement, drawCount: 5000)
    // One term is 10^-12000; the whole sum 1 - P(D = 300).
    let cdf = try distinct.cdf(298).enclosure(precision: 40)
    #expect(cdf.isWithin(relativePrecision: 40))
    let more = try distinct.cdf(299).enclosure(precision: 60)
    let last = try distinct.pmf(299).enclosure(precision: 60)
    #expect(cdf.adding(last, precision: 80).overlaps(more))
    let sure = try DistinctLaw(law: law, sampling: .withReplacement, drawCount: 305).cdf(280)
    #expect(try sure.enclosure(precision: 40).upper == Real(1))
  }
}
