// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct AtMostOnceTests {
  private static func function(
    _ weights: [Int], _ sampling: SamplingScheme
  ) throws -> AtMostOnce {
    let law = LabelLaw(try LabelDistribution(counts: weights))
    return AtMostOnce(law)
  }

  @Test("The majorant bounds the function on the circle", arguments: SamplingScheme.allCases)
  func majorant(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    let scratch = ComplexBall.makeScratch(precision: 200)
    var z = ComplexBall(precision: 200)
    var value = ComplexBall(precision: 200)
    for _ in 0..<RandomTests.count(400) {
      let weights = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      let function = try Self.function(weights, sampling)
      let radius = Double.random(in: 1e-5...3, using: &random)
      let n = Int.random(in: 5...4000, using: &random)
      let k = Int.random(in: 0...((n - 1) / 4), using: &random)
      z.setRootOfUnity(k, of: n)
      z.multiply(by: radius, scratch)
      function.makeEvaluator(ComplexBall.self, precision: 200).evaluate(z, into: &value)
      let x = function.sampling.majorantArgument(
        radius: radius, angle: 2 * .pi * Double(k) / Double(n))
      let bound = function.majorant(x, radius: radius)
      let note = "seed \(RandomTests.seed), \(weights), r = \(radius), \(k) of \(n)"
      #expect(value.size.real <= bound.real, "\(note)")
      let log = function.logMajorant(x, radius: radius)
      #expect(abs(log * 1.442_695_040_888_963_4 - bound.approximateLog2) < 1e-6, "\(note)")
      // At the angle 0 the majorant is the function.
      if k == 0 { #expect(bound.approximateLog2 - value.size.approximateLog2 < 1e-9, "\(note)") }
    }
  }

  @Test("The excess is the logarithmic derivative", arguments: SamplingScheme.allCases)
  func means(sampling: SamplingScheme) throws {
    let function = try Self.function([3, 4, 4, 9], sampling)
    for x in [1e-5, 1e-3, 0.02, 0.1, 0.5, 2, 90] {
      let h = x * 1e-5
      let slope = (function.logValue(x + h) - function.logValue(x - h)) / (2 * h)
      #expect(abs(slope * x / function.excess(x) - 1) < 1e-6, "x = \(x)")
      let value = function.value(x).approximateLog2
      #expect(abs(function.logValue(x) * 1.442_695_040_888_963_4 - value) < 1e-6)
    }
  }

  @Test("Contour integrals enclose the coefficients", arguments: SamplingScheme.allCases)
  func contours(sampling: SamplingScheme) throws {
    let weights = [2, 3, 3, 5]
    let law = LabelLaw(try LabelDistribution(counts: weights))
    for n in 2...3 {
      let function = try Self.function(weights, sampling)
      let integral = ContourIntegral(function: function, degree: n, bits: 60)
      let weight = sampling.drawWeight(
        total: law.total, drawCount: n, radius: integral.plan.radius, precision: 120)
      let weightBounds = weight.enclosure()
      let found = [
        integral.scaledCoefficient(ComplexBall.self, precision: 120),
        integral.scaledCoefficient(ComplexWord.self, precision: 120),
      ]
      let exact = Outcomes(weights: weights, sampling: sampling, drawCount: n)
        .probability { $0.allSatisfy { $0 <= 1 } }
      for coefficient in found {
        let probability = coefficient.divided(by: weightBounds, precision: 120)
        #expect(probability.contains(exact), "n = \(n)")
        #expect(probability.isWithin(relativePrecision: 50), "n = \(n)")
      }
    }
  }
}
