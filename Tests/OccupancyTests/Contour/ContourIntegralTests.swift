// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct ContourIntegralTests {
  private struct Case {
    let weights: [Int]
    let sampling: SamplingScheme
    let degree: Int
    let function: any GeneratingFunction
    let coefficient: Rational

    /// A random function of a law of up to six classes and a degree with a saddle point.
    init(_ random: inout SplitMix64, kind: Int) throws {
      let weights = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        Int.random(in: 1...6, using: &random)
      }
      self.weights = weights
      sampling = Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let law = LabelLaw(try LabelDistribution(counts: weights))
      let total = weights.reduce(0, +)
      let polynomial: Polynomial
      switch kind {
      case 0:
        let top = sampling == .withReplacement ? 30 : total - 1
        guard top > weights.count else { throw Unsuitable() }
        degree = Int.random(in: (weights.count + 1)...top, using: &random)
        function = try law.allReached(sampling)
        polynomial = .coverage(weights, sampling, upTo: degree)
      default:
        let m = Int.random(in: 0..<(weights.max() ?? 1), using: &random)
        let anchor = AnchorAside(try law.product(sampling), collisionCount: m)
        guard let degrees = anchor.degrees else { throw Unsuitable() }
        let top = min(degrees.upperBound - 1, 30)
        guard top >= weights.count else { throw Unsuitable() }
        degree = Int.random(in: weights.count...top, using: &random)
        function = anchor
        polynomial = .anchor(weights, sampling, collisions: m, upTo: degree)
      }
      coefficient = polynomial.coefficients[degree]
    }
  }

  private struct Unsuitable: Error {}

  @Test(arguments: 0...1, Arithmetic.allCases)
  func theEnclosureContainsTheCoefficientOfTheFunctionWrittenOut(
    kind: Int, arithmetic: Arithmetic
  ) throws {
    var random = SplitMix64(seed: RandomTests.seed &+ UInt64(kind))
    var tested = 0
    for _ in 0..<RandomTests.count(120) {
      guard let item = try? Case(&random, kind: kind) else { continue }
      tested += 1
      let bits = Double.random(in: 1...200, using: &random)
      let precision = Int.random(in: 20...300, using: &random)
      let note = "seed \(RandomTests.seed), \(item), \(bits) bits, precision \(precision)"
      switch arithmetic {
      case .balls: check(item.function, ComplexBall.self, item, bits, precision, "\(note)")
      case .words: check(item.function, ComplexWord.self, item, bits, precision, "\(note)")
      }
    }
    #expect(tested > RandomTests.count(20))
  }

  private func check<Number: RigorousComplex & ~Copyable>(
    _ function: some GeneratingFunction, _ arithmetic: Number.Type, _ item: Case, _ bits: Double,
    _ precision: Int, _ note: Comment
  ) {
    let integral = ContourIntegral(function: function, degree: item.degree, bits: bits)
    let found = integral.scaledCoefficient(arithmetic, precision: precision)
    let exact = item.coefficient * Real(integral.plan.radius).rational.power(item.degree)
    #expect(found.contains(exact), note)
    // The aim of the plan, where the working precision allows it.
    if Number.precision(askedFor: precision) > Int(bits) + 40 {
      #expect(found.isWithin(relativePrecision: Int(bits) - 4) || bits < 8, note)
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func aPlanThatIsTooSmallIsCaughtByTheBounds(arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectSmallPlansCaught(ComplexBall.self)
    case .words: try expectSmallPlansCaught(ComplexWord.self)
    }
  }

  private func expectSmallPlansCaught<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) throws {
    // Few nodes alias, few evaluated ones cut off: the enclosure widens and still holds the truth.
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(200) {
      guard let item = try? Case(&random, kind: 0) else { continue }
      let function = try LabelLaw.counts(item.weights).allReached(item.sampling)
      let good = ContourPlan(function, degree: item.degree, bits: 60)
      let count = Int.random(in: 1...good.nodeCount, using: &random)
      let last = Int.random(in: 0...(count / 2), using: &random)
      let plan = ContourPlan(
        radius: good.radius * Double.random(in: 0.7...1.4, using: &random), nodeCount: count,
        lastNode: last, upperRadius: good.radius * 2.5,
        lowerRadius: item.degree - count >= function.lowestDegree ? good.radius / 2 : nil)
      let found = ContourIntegral(function: function, degree: item.degree, plan: plan)
        .scaledCoefficient(arithmetic, precision: 120)
      let exact = item.coefficient * Real(plan.radius).rational.power(item.degree)
      #expect(
        found.contains(exact), "seed \(RandomTests.seed), \(item), N = \(count), K = \(last)")
    }
  }

  /// z^n, of which every node is too small by all that its error allows.
  private struct WorstMonomial: GeneratingFunction {
    let product: OccupancyProduct
    let lowestDegree: Int

    func logValue(_ x: Double) -> Double { 0 }
    func excess(_ x: Double) -> Double { 0 }
    func logMajorant(_ x: Double, radius: Double) -> Double { logValue(radius) }
    func value(_ x: Double) -> Magnitude { .zero }
    func majorant(_ x: Double, radius: Double) -> Magnitude { .zero }

    func makeEvaluator<Number: RigorousNumber & ~Copyable>(
      _ arithmetic: Number.Type, precision: Int
    ) -> NodeEvaluator<Number> {
      let (scratch, degree) = (Number.makeScratch(precision: precision), lowestDegree)
      return NodeEvaluator { point, result in
        var base = Number(precision: precision)
        result.set(point)
        result.formPower(degree, base: &base, scratch)
        result.multiply(by: 1 - 0x1p-10, scratch)
        // Of the number that was there before.
        let share = Magnitude(0x1p-10 / (1 - 0x1p-10) * (1 + 0x1p-50))
        result.widen(by: result.bound * share)
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func nodesThatAllErrByAsMuchAsTheyMayAreInTheError(arithmetic: Arithmetic) throws {
    let function = WorstMonomial(
      product: try LabelLaw.counts([1, 2]).product(.withReplacement), lowestDegree: 5)
    let plan = ContourPlan(
      radius: 1, nodeCount: 16, lastNode: 8, upperRadius: 1, lowerRadius: nil)
    let integral = ContourIntegral(function: function, degree: 5, plan: plan)
    let found =
      switch arithmetic {
      case .balls: integral.scaledCoefficient(ComplexBall.self, precision: 100)
      case .words: integral.scaledCoefficient(ComplexWord.self, precision: 100)
      }
    #expect(found.contains(Rational(1)))
    #expect(found.upper.double() < 1 + 0x1p-30)
  }

  @Test
  func theAliasBoundIsAboveTheAliasesAndNotFarAbove() throws {
    // Without replacement the function is a polynomial: all aliases can be added up.
    let weights = [3, 4, 4, 7, 9]
    let function = try LabelLaw.counts(weights).allReached(.withoutReplacement)
    let polynomial = Polynomial.coverage(weights, .withoutReplacement, upTo: 27)
    for degree in 6...26 {
      for bits in [5.0, 20, 60] {
        let integral = ContourIntegral(function: function, degree: degree, bits: bits)
        let (n, r) = (integral.plan.nodeCount, Real(integral.plan.radius).rational)
        let aliases = (0...27).filter { $0 != degree && ($0 - degree) % n == 0 }
          .reduce(0 as Rational) { $0 + polynomial.coefficients[$1] * r.power($1) }
        let bound = try #require(integral.plan.aliasBound(function, degree: degree).rational)
        #expect(bound >= aliases, "degree \(degree), \(bits) bits")
      }
    }
  }

  @Test(arguments: SamplingScheme.allCases, Arithmetic.allCases)
  func blocksOfNodesAddUpToAllNodes(sampling: SamplingScheme, arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectBlocksAddUp(sampling, ComplexBall.self)
    case .words: try expectBlocksAddUp(sampling, ComplexWord.self)
    }
  }

  private func expectBlocksAddUp<Number: RigorousComplex & ~Copyable>(
    _ sampling: SamplingScheme, _ arithmetic: Number.Type
  ) throws {
    // Enough factors for threads; the nodes one after another, at one precision, are the oracle.
    let law = LabelLaw(try LabelDistribution(counts: Array(stride(from: 30, to: 900, by: 4))))
    let function = try law.allReached(sampling)
    let integral = ContourIntegral(function: function, degree: 2000, bits: 110)
    // Words take threads for eight times as many factors as balls.
    #expect((integral.plan.lastNode + 1) * law.groups.count > 5000)
    let nodes = CircleNodes<ComplexBall>(
      count: integral.plan.nodeCount, degree: 2000, precision: 200)
    let evaluator = function.makeEvaluator(ComplexBall.self, precision: 200)
    let scratch = ComplexBall.makeScratch(precision: 200)
    var point = ComplexBall(precision: 200)
    var value = ComplexBall(precision: 200)
    var sum = Accumulator(precision: 200)
    var error = Magnitude.zero
    for k in 0...integral.plan.lastNode {
      if k > 0 { nodes.advance() }
      point.set(nodes.direction)
      point.multiply(by: integral.plan.radius, scratch)
      evaluator.evaluate(point, into: &value)
      value.multiply(by: nodes.phase, scratch)
      value.addRealPart(
        doubled: k > 0 && 2 * k != integral.plan.nodeCount, to: &sum, error: &error)
    }
    sum.divide(by: integral.plan.nodeCount, rounding: .nearest)
    error = error + Magnitude(sum) * RelativeError.rounding(precision: 200)
    let direct = Enclosure(center: sum, radius: error)
    let blocks = integral.scaledCoefficient(arithmetic, precision: 140)
    #expect(direct.isWithin(relativePrecision: 120))
    #expect(blocks.isWithin(relativePrecision: 64))
    #expect(blocks.overlaps(direct))
    let again = integral.scaledCoefficient(arithmetic, precision: 140)
    #expect(again.lower == blocks.lower && again.upper == blocks.upper)
  }
}
