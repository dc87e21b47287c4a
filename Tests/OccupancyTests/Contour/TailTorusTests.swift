// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct TailTorusTests {
  /// Both tails of random laws, by the torus, in one integral, and as a fraction.
  @Test
  func theTorusContainsTheExactTailAsOneClassAfterAnotherDoes() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    var tested = 0
    for _ in 0..<RandomTests.count(60) {
      let sizes = (0..<Int.random(in: 3...12, using: &random)).map { _ in
        Int.random(in: 1...12, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let copies = sizes.map { _ in Int.random(in: 0...3, using: &random) }
      guard
        let product = try? LabelLaw.counts(sizes)
          .product(sampling, CoverageGoal(copiesOfEach: copies))
      else { continue }
      let most = sampling == .withReplacement ? 30 : sizes.reduce(0, +) - 1
      let draws = Int.random(in: 1...most, using: &random)
      let j = Int.random(in: 1...product.requirement.classCount, using: &random)
      guard try certainty(product, j, draws) == nil else { continue }
      let law = try #require(
        ClassConvolution(requirement: product.requirement, sampling: sampling)
          .distinctLaw(drawCount: draws, within: 60))
      let isUpper = Bool.random(using: &random)
      let exact = isUpper ? law[j...].reduce(0, +) : law[..<j].reduce(0, +)
      let function = SomeReached(
        product, isUpper ? .atLeast : .atMost, isUpper ? j : j - 1, degree: draws)
      // Few bits are done in words, many in balls.
      let bits = Int.random(in: 20...150, using: &random)
      let note =
        "seed \(RandomTests.seed), \(sizes), \(copies), \(sampling), \(draws) draws, "
        + "\(function.side) \(function.bound), \(bits) bits"
      let torus = try TailTorus(function: function, degree: draws).enclosure(precision: bits)
      let direct = try ContourProbability(function, drawCount: draws).enclosure(precision: bits)
      for value in [torus, direct] {
        #expect(value.contains(exact), "\(note)")
        #expect(value.isWithin(relativePrecision: bits), "\(note)")
      }
      tested += 1
    }
    #expect(tested > RandomTests.count(20))
  }

  /// The weights of the nodes, of hundreds of terms, keep nearly all bits: the first attempt serves.
  @Test
  func weightsOfManyTermsAreAccurate() throws {
    let counts = Array(repeating: 150, count: 300) + Array(repeating: 151, count: 300)
    let product = try LabelLaw.counts(counts).product(
      .withReplacement, CoverageGoal(atLeast: 300))
    for (side, bound) in [(CountSide.atLeast, 330), (.atMost, 299), (.atMost, 380)] {
      let function = SomeReached(product, side, bound, degree: 600)
      let torus = TailTorus(function: function, degree: 600)
      let (plan, window, _) = torus.plan(bits: 120)
      for l in [0, 1, 7] {
        let kernel: BallBox<ComplexBall> = torus.kernel(plan, window, l: l, 256)
        #expect(kernel.ball.error.bound < 0x1p-236, "\(side) \(bound), node \(l)")
      }
      // At node 0 a geometric sum, in fractions.
      let kernel: BallBox<ComplexBall> = torus.kernel(plan, window, l: 0, 256)
      let tilt =
        Real(plan.tilts.tilt.significand).rational
        * Rational(2).power(plan.tilts.tilt.exponent)
      let v = side == .atLeast ? 1 / tilt : tilt
      let count = side == .atLeast ? window.upperBound - bound + 1 : bound - window.lowerBound + 1
      let sum = v == 1 ? Rational(count) : (1 - v.power(count)) / (1 - v)
      let error = (kernel.ball.realPart.rational - sum).magnitude
      #expect(error <= sum * Rational(1, 1 << 60) * Rational(1, 1 << 60), "\(side) \(bound)")
    }
  }

  private func certainty(_ product: OccupancyProduct, _ j: Int, _ draws: Int) throws -> Bool? {
    let requirement = product.requirement
    return Requirement(
      law: requirement.law, parts: requirement.parts, free: requirement.free, needed: j
    ).certainty(drawCount: draws, product.sampling)
  }

  /// More classes than a fraction serves: the two ways overlap.
  @Test
  func manyClassesAgreeWithOneClassAfterAnother() throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 1)
    for round in 0..<RandomTests.count(15) {
      let sizes = (0..<Int.random(in: 20...40, using: &random)).map { _ in
        Int.random(in: 4...20, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let copies = Int.random(in: 1...3, using: &random)
      let product = try LabelLaw.counts(sizes).product(sampling, CoverageGoal(copies: copies))
      let draws = sizes.count * copies
      let j = sizes.count / 2
      let function = SomeReached(
        product, round % 2 == 0 ? .atLeast : .atMost, j, degree: draws)
      let bits = Int.random(in: 30...90, using: &random)
      let torus = try TailTorus(function: function, degree: draws).enclosure(precision: bits)
      let direct = try ContourProbability(function, drawCount: draws).enclosure(precision: bits)
      let note = "seed \(RandomTests.seed), \(sizes), \(copies) copies, \(sampling), \(bits) bits"
      #expect(torus.overlaps(direct), "\(note)")
      #expect(torus.isWithin(relativePrecision: bits), "\(note)")
      #expect(direct.isWithin(relativePrecision: bits), "\(note)")
    }
  }

  /// The law of the number of distinct labels has a torus of its own.
  @Test(arguments: SamplingScheme.allCases)
  func manyUnequalClassesAgreeWithTheLawOfDistinctLabels(sampling: SamplingScheme) throws {
    let law = LabelLaw(try LabelDistribution(counts: (1...90).map { $0 / 3 + 2 }))
    let v = try CoverageProbability(
      law: law, sampling: sampling, drawCount: 150, goal: CoverageGoal(atLeast: 62))
    let distinct = try DistinctLaw(law: law, sampling: sampling, drawCount: 150)
    let cdf = try distinct.cdf(61).enclosure(precision: 60)
    #expect(try v.tails(precision: 60).complement.overlaps(cdf))
  }
}
