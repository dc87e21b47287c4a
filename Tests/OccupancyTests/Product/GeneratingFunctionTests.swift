// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct GeneratingFunctionTests {
  /// One of the functions of a random small law.
  private enum Kind: CaseIterable { case reached, missed, anchor, atLeast, atMost }

  /// A function for a random goal that can be reached: copies alike, or 0 and more for each class.
  private func makeFunction(
    _ kind: Kind, _ weights: [Int], _ sampling: SamplingScheme, _ random: inout SplitMix64
  ) throws -> any GeneratingFunction {
    let isMixed = Bool.random(using: &random)
    let same = Int.random(in: 1...(weights.min() ?? 1), using: &random)
    var copies = weights.map { isMixed ? Int.random(in: 0...$0, using: &random) : same }
    if !copies.contains(where: { $0 > 0 }) { copies[0] = 1 }
    let product = try LabelLaw.counts(weights)
      .product(sampling, CoverageGoal(copiesOfEach: copies))
    let c = product.requirement.classCount
    switch kind {
    case .reached: return AllReached(product: product)
    case .missed: return SomeMissed(product: product)
    case .anchor:
      // As many collisions as let the hardest class be the anchor's.
      let m = Int.random(in: 0..<(weights.max() ?? 1), using: &random)
      let most = max(m, (copies.max() ?? 1) - 1)
      let anchor = AnchorAside(product, collisionCount: most)
      return anchor.degrees == nil ? AllReached(product: product) : anchor
    case .atLeast:
      return SomeReached(product, .atLeast, Int.random(in: 1...c, using: &random), degree: 1000)
    case .atMost:
      return SomeReached(product, .atMost, Int.random(in: 0..<c, using: &random), degree: 1000)
    }
  }

  private func makeWeights(_ random: inout SplitMix64) -> [Int] {
    (0..<Int.random(in: 2...6, using: &random)).map { _ in Int.random(in: 1...9, using: &random) }
  }

  @Test(arguments: SamplingScheme.allCases, Arithmetic.allCases)
  func theMajorantIsAtLeastTheFunctionOnTheCircle(
    sampling: SamplingScheme, arithmetic: Arithmetic
  ) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for round in 0..<RandomTests.count(400) {
      let weights = makeWeights(&random)
      let function = try makeFunction(Kind.allCases[round % 5], weights, sampling, &random)
      let r = Double.random(in: 0.001...3, using: &random)
      let n = Int.random(in: 5...4000, using: &random)
      // Up to the last node for which a plan uses the majorant: just below pi/2.
      let k = Int.random(in: 0...((n - 1) / 4), using: &random)
      let x = sampling.majorantArgument(radius: r, angle: 2 * Double.pi * Double(k) / Double(n))
      let least =
        switch arithmetic {
        case .balls: leastNorm(function, ComplexBall.self, k, of: n, radius: r)
        case .words: leastNorm(function, ComplexWord.self, k, of: n, radius: r)
        }
      let majorant = try #require(function.majorant(x, radius: r).rational)
      let note = "seed \(RandomTests.seed), \(function), r = \(r), \(k) of \(n)"
      #expect(majorant * majorant >= least, "\(note)")
      #expect(least.signum > 0, "\(note)")
      if k == 0 && !(function is SomeReached || function is SomeMissed) {
        // At the angle 0 the majorant is the function.
        #expect(majorant * majorant <= least * Rational(1001, 1000), "\(note)")
      }
    }
  }

  /// A lower bound of the size at a node, squared.
  private func leastNorm<Number: RigorousComplex & ~Copyable>(
    _ function: some GeneratingFunction, _ arithmetic: Number.Type, _ k: Int, of n: Int,
    radius: Double
  ) -> Rational {
    var point = Number(precision: 120)
    var value = Number(precision: 120)
    point.setRootOfUnity(k, of: n)
    point.multiply(by: radius, Number.makeScratch(precision: 120))
    function.makeEvaluator(arithmetic, precision: 120).evaluate(point, into: &value)
    return value.leastNorm
  }

  @Test(arguments: SamplingScheme.allCases)
  func valuesAreAboveTheExactOnesAndNear(sampling: SamplingScheme) throws {
    // Without replacement the value at a Double is rational: product over classes, then 1e-15
    // above.
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(50) {
      let weights = makeWeights(&random)
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let x = Double.random(in: 0.0001...3, using: &random)
      let value = try #require(law.allReached(sampling).value(x).rational)
      // e^(wx) - 1 between sums of 40 terms of its series and the same with the last term doubled.
      let z = Real(x).rational
      let (low, high) = weights.reduce((1 as Rational, 1 as Rational)) { product, w in
        if sampling == .withoutReplacement {
          let factor = (1 + z).power(w) - 1
          return (product.0 * factor, product.1 * factor)
        }
        var (sum, term): (Rational, Rational) = (0, 1)
        for k in 1...120 {
          term = term * z * Rational(w, k)
          sum += term
        }
        return (product.0 * sum, product.1 * (sum + term))
      }
      #expect(value >= low, "seed \(RandomTests.seed), \(weights), x = \(x)")
      #expect(value <= high * (1 + Rational(1, 1_000_000_000_000)))
    }
  }

  @Test
  func valuesKeepTheirAccuracyForWeightsOfManyBits() throws {
    // (e^(x w) - 1)(e^(x (w + 1)) - 1) with w = 2^100, x w = 1; then with weights 1 and 10^30.
    let w = Integer(1).shiftedLeft(by: 100)
    let total = w + w + 1
    let long = try LabelLaw(probabilities: [Rational(w, total), Rational(w + 1, total)])
    let value = try long.allReached(.withReplacement).value(0x1p-100)
    #expect(abs(value.real.double() - 2.952_492_442) < 1e-8)
    let tiny = Rational(1, Integer(10).power(30))
    let skewed = try LabelLaw(probabilities: [tiny, 1 - tiny])
    let small = try skewed.allReached(.withReplacement).value(1e-30)
    #expect(abs(small.real.double() * 1e30 - 1.718_281_828) < 1e-8)
  }

  @Test(arguments: [7, -7, 0, 1, -1])
  func powersOfRatiosAreBoundedFromAbove(exponent: Int) throws {
    let bound = try #require(powerOfRatio(0.7, 1.3, exponent).rational)
    let exact = (Real(0.7).rational / Real(1.3).rational).power(exponent)
    #expect(bound >= exact)
    #expect(bound <= exact * (1 + Rational(1, 1_000_000_000_000)))
  }
}
