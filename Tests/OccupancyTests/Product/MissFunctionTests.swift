// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct MissFunctionTests {
  private static let law: LabelLaw? = (try? LabelDistribution(counts: [3, 4, 4, 9]))
    .map { LabelLaw($0) }

  /// |G(r e^(it))| stays below the majorant, at every angle where it is used.
  @Test(arguments: SamplingScheme.allCases)
  func majorantsBoundTheFunction(sampling: SamplingScheme) throws {
    let function = MissFunction(law: try #require(Self.law), sampling: sampling)
    let evaluator = function.makeEvaluator(precision: 200)
    let scratch = ComplexBall.Scratch(precision: 200)
    var z = ComplexBall(precision: 200)
    var value = ComplexBall(precision: 200)
    for radius in [0.25, 1, 3] {
      for k in 0..<25 {
        z.setRootOfUnity(k, of: 100)
        z.multiply(by: radius, scratch)
        evaluator.evaluate(z, into: &value)
        let x = sampling.majorantArgument(radius: radius, angle: 2 * .pi * Double(k) / 100)
        guard x > 0 else { continue }
        let bound = function.majorant(x, radius: radius)
        #expect(value.size.real <= bound.real, "radius \(radius), node \(k)")
        let log = function.logMajorant(x, radius: radius)
        #expect(abs(log * 1.442_695_040_888_963_4 - bound.approximateLog2) < 1e-6)
      }
    }
  }

  /// The excess is the logarithmic derivative of the value.
  @Test(arguments: SamplingScheme.allCases)
  func meansAreDerivatives(sampling: SamplingScheme) throws {
    let function = MissFunction(law: try #require(Self.law), sampling: sampling)
    for x in [0.1, 0.5, 2, 90, 400] {
      let h = 1e-5
      let slope = (function.logValue(x + h) - function.logValue(x - h)) / (2 * h)
      #expect(abs(slope * x - function.excess(x)) < 1e-6 * abs(function.excess(x)) + 1e-6)
      let value = function.value(x).approximateLog2
      #expect(abs(function.logValue(x) * 1.442_695_040_888_963_4 - value) < 1e-6)
    }
  }

  /// Coefficients of G count draws that miss a class, so the contour integral gives 1 - v_n.
  @Test(arguments: SamplingScheme.allCases)
  func contourIntegralsOfItEncloseTheComplement(sampling: SamplingScheme) throws {
    let law = try #require(Self.law)
    for n in [2, 5, 9, 14] {
      let function = MissFunction(law: law, sampling: sampling)
      let integral = ContourIntegral(function: function, degree: n, bits: 60)
      let weight = sampling.drawWeight(
        total: law.total, drawCount: n, radius: integral.plan.radius, precision: 120)
      let miss = integral.scaledCoefficient(precision: 120)
        .divided(by: weight.enclosure(), precision: 120)
      let exact =
        1
        - (try CoverageProbability(law: law, sampling: sampling, drawCount: n).exactValue())
      #expect(miss.contains(exact), "n = \(n)")
      #expect(miss.isWithin(relativePrecision: 50), "n = \(n)")
    }
  }
}
