// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct SomeMissedTests {
  /// Every class once, and several copies of some with one that need not come.
  private func functions(_ sampling: SamplingScheme) throws -> [SomeMissed] {
    let law = try LabelLaw.counts([3, 4, 4, 9])
    let goals = [CoverageGoal.everyClassOnce, try CoverageGoal(copiesOfEach: [1, 2, 0, 3])]
    return try goals.map { SomeMissed(product: try law.product(sampling, $0)) }
  }

  /// |G(r e^(it))| stays below the majorant, at every angle where it is used.
  @Test(arguments: SamplingScheme.allCases, Arithmetic.allCases)
  func majorantsBoundTheFunction(sampling: SamplingScheme, arithmetic: Arithmetic) throws {
    for function in try functions(sampling) {
      switch arithmetic {
      case .balls: expectBounded(function, ComplexBall.self)
      case .words: expectBounded(function, ComplexWord.self)
      }
    }
  }

  private func expectBounded<Number: RigorousComplex & ~Copyable>(
    _ function: SomeMissed, _ arithmetic: Number.Type
  ) {
    let evaluator = function.makeEvaluator(arithmetic, precision: 200)
    let scratch = Number.makeScratch(precision: 200)
    var z = Number(precision: 200)
    var value = Number(precision: 200)
    for radius in [0.25, 1, 3] {
      for k in 0..<25 {
        z.setRootOfUnity(k, of: 100)
        z.multiply(by: radius, scratch)
        evaluator.evaluate(z, into: &value)
        let x = function.sampling.majorantArgument(
          radius: radius, angle: 2 * .pi * Double(k) / 100)
        guard x > 0 else { continue }
        let bound = function.majorant(x, radius: radius)
        let size = value.size.real
        #expect(size <= bound.real, "radius \(radius), node \(k)")
        let log = function.logMajorant(x, radius: radius)
        #expect(abs(log * 1.442_695_040_888_963_4 - bound.approximateLog2) < 1e-6)
      }
    }
  }

  /// The excess is the logarithmic derivative of the value.
  @Test(arguments: SamplingScheme.allCases)
  func meansAreDerivatives(sampling: SamplingScheme) throws {
    for function in try functions(sampling) {
      for x in [0.1, 0.5, 2, 90, 400] {
        let h = 1e-5
        let slope = (function.logValue(x + h) - function.logValue(x - h)) / (2 * h)
        #expect(abs(slope * x - function.excess(x)) < 1e-6 * abs(function.excess(x)) + 1e-6)
        let value = function.value(x).approximateLog2
        #expect(abs(function.logValue(x) * 1.442_695_040_888_963_4 - value) < 1e-6)
      }
    }
  }

  /// Coefficients of G count draws that miss a class, so the contour integral gives 1 - v_n.
  @Test(arguments: SamplingScheme.allCases, Arithmetic.allCases)
  func contourIntegralsOfItEncloseTheComplement(
    sampling: SamplingScheme, arithmetic: Arithmetic
  ) throws {
    for function in try functions(sampling) {
      for n in [2, 5, 9, 14] {
        let integral = ContourIntegral(function: function, degree: n, bits: 60)
        let weight = sampling.drawWeight(
          total: function.law.total, drawCount: n, radius: integral.plan.radius, precision: 120)
        let coefficient =
          switch arithmetic {
          case .balls: integral.scaledCoefficient(ComplexBall.self, precision: 120)
          case .words: integral.scaledCoefficient(ComplexWord.self, precision: 120)
          }
        let miss = coefficient.divided(by: weight.enclosure(), precision: 120)
        let requirement = function.product.requirement
        let exact = try #require(
          ClassConvolution(requirement: requirement, sampling: sampling)
            .probability(drawCount: n, within: 60))
        #expect(miss.contains(1 - exact), "n = \(n)")
        #expect(miss.isWithin(relativePrecision: 50), "n = \(n)")
      }
    }
  }
}
