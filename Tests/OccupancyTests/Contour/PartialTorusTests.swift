// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct PartialTorusTests {
  @Test
  func theTorusAgreesWithOneClassAfterAnother() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(15) {
      let sizes = (0..<Int.random(in: 3...40, using: &random)).map { _ in
        Int.random(in: 1...20, using: &random)
      }
      let law = LabelLaw(try LabelDistribution(counts: sizes))
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let isUpper = Bool.random(using: &random)
      let c = law.classCount
      var function = PartialFunction(
        law: law, sampling: sampling, copies: Int.random(in: 1...3, using: &random),
        side: isUpper ? .atLeast : .atMost,
        bound: Int.random(in: isUpper ? 1...(c / 2 + 1) : 0...(c - 1), using: &random),
        outer: isUpper ? c : 0)
      let bits = Int.random(in: 30...90, using: &random)
      let r = Double.random(in: 0.01...1, using: &random)
      let nodes = 1000
      let k = Int.random(in: 0...500, using: &random)
      var point = ComplexBall(precision: 160)
      var direct = ComplexBall(precision: 160)
      var torus = ComplexBall(precision: 160)
      point.setRootOfUnity(k, of: nodes)
      point.multiply(by: r, ComplexBall.Scratch(precision: 160))
      function.makeEvaluator(precision: 160).evaluate(point, into: &direct)
      function.torusBits = bits
      function.makeEvaluator(precision: 160).evaluate(point, into: &torus)
      let note = "seed \(RandomTests.seed), \(sizes), \(function), \(k), r = \(r), \(bits) bits"
      let isAgreed = torus.overlaps(direct)
      #expect(isAgreed, "\(note)")
      // Its error is what was asked for, relative to Chernoff's bound.
      let error = torus.size * torus.error
      let bound = function.value(r) * Magnitude(1, exponent: 4 - bits)
      #expect(error.real <= bound.real, "\(note)")
    }
  }

  /// The law of the number of distinct labels has a torus of its own.
  @Test(arguments: SamplingScheme.allCases)
  func manyUnequalClassesAgreeWithTheLawOfDistinctLabels(sampling: SamplingScheme) throws {
    let law = LabelLaw(try LabelDistribution(counts: (1...90).map { $0 / 3 + 2 }))
    let v = try CoverageProbability(
      law: law, sampling: sampling, drawCount: 150, goal: CoverageGoal(classCount: 62))
    let distinct = try DistinctLaw(law: law, sampling: sampling, drawCount: 150)
    let cdf = try distinct.cdf(61).enclosure(precision: 60)
    #expect(try v.tails(precision: 60).complement.overlaps(cdf))
  }
}
