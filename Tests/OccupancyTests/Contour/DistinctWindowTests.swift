// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct DistinctWindowTests {
  @Test(arguments: Arithmetic.allCases)
  func everyMemberOfAWindowContainsItsProbability(arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectContained(ComplexBall.self)
    case .words: try expectContained(ComplexWord.self)
    }
  }

  private func expectContained<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      // Uniform laws too: the window does not know that there is a shorter way.
      let isUniform = Bool.random(using: &random)
      let weights = (0..<Int.random(in: 3...7, using: &random)).map { _ in
        isUniform ? 5 : Int.random(in: 1...9, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let draws = Int.random(in: 2...min(20, weights.reduce(0, +) - 1), using: &random)
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let support =
        law.fewestDistinct(drawCount: draws, sampling: sampling)...min(draws, weights.count)
      guard support.count > 1 else { continue }
      // The highest d has formulas of its own.
      let d = Int.random(in: support.lowerBound..<support.upperBound, using: &random)
      let bits = Double.random(in: 5...120, using: &random)
      let plan = try #require(
        try DistinctWindow.Plan(
          law.product(sampling), drawCount: draws, possible: support, distinctCount: d, bits: bits,
          reach: Double.random(in: 1...5, using: &random),
          isSeries: Bool.random(using: &random)))
      let window = DistinctWindow(
        plan, arithmetic, precision: Int.random(in: 60...200, using: &random))
      let exact = try #require(
        try ClassConvolution(requirement: law.requirement(), sampling: sampling)
          .distinctLaw(drawCount: draws, within: 60))
      #expect(window.range.contains(d))
      for k in window.range {
        #expect(
          window[k].contains(exact[k]),
          "seed \(RandomTests.seed), \(weights), n = \(draws), \(sampling), d = \(d), member \(k)")
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func aNarrowWindowServesItsNeighbours(arithmetic: Arithmetic) throws {
    let law = LabelLaw(try LabelDistribution(counts: (1...60).map { 3 + $0 % 7 }))
    let plan = try #require(
      try DistinctWindow.Plan(
        law.product(.withReplacement), drawCount: 100, possible: 1...60, distinctCount: 45,
        bits: 60, reach: DistinctWindow.Plan.wideReach))
    #expect(plan.range.contains(40) && plan.range.contains(50) && plan.range.count < 50)
    let window =
      switch arithmetic {
      case .balls: DistinctWindow(plan, ComplexBall.self, precision: 120)
      case .words: DistinctWindow(plan, ComplexWord.self, precision: 120)
      }
    for d in 40...50 { #expect(window[d].isWithin(relativePrecision: 40), "d = \(d)") }
  }

  /// In balls, without and with nodes y: both enclose the same numbers, and the series is planned to
  /// take a third of the time or less where many bits are asked for.
  @Test
  func aSeriesServesManyDigitsOfFewClassSizes() throws {
    let law = try LabelLaw(LabelDistribution(counts: (1...100).map { $0 % 2 == 0 ? 150 : 157 }))
    let reach = DistinctWindow.Plan.seriesReach(bits: 400)
    func plan(_ reach: Double, isSeries: Bool) throws -> DistinctWindow.Plan {
      try #require(
        try DistinctWindow.Plan(
          law.product(.withReplacement), drawCount: 90, possible: 1...90, distinctCount: 40,
          bits: 400, reach: reach, isSeries: isSeries))
    }
    let nodes = try plan(DistinctWindow.Plan.wideReach, isSeries: false)
    let series = try plan(reach, isSeries: true)
    #expect(series.range.count > 2 * nodes.range.count)
    #expect(series.secondsEach < nodes.secondsEach / 3)
    func window(_ plan: DistinctWindow.Plan) -> DistinctWindow {
      DistinctWindow(
        plan, ComplexBall.self,
        precision: plan.torus.lost.ballPrecision(plan.workingBits(for: 400)))
    }
    let (wide, narrow) = (window(series), window(nodes))
    for d in series.range { #expect(wide[d].isWithin(relativePrecision: 392), "d = \(d)") }
    for d in nodes.range { #expect(wide[d].overlaps(narrow[d]), "d = \(d)") }
  }

  /// One class more moves the draws by 10^5, a hundred of their deviations: a window of more than one
  /// number would have a thousand times the nodes.
  @Test
  func aWindowWhoseClassesTakeThousandsOfDrawsIsNarrow() throws {
    let law = try LabelLaw(
      LabelDistribution(counts: (0..<300).map { 2000 + 7 * ($0 % 3) }))
    let plan = try #require(
      try DistinctWindow.Plan(
        law.product(.withReplacement), drawCount: 1_000_000, possible: 1...300, distinctCount: 9,
        bits: 60, reach: DistinctWindow.Plan.wideReach))
    #expect(plan.range == 9...9)
    #expect(plan.torus.draws.lastNode < 40)
  }
}
