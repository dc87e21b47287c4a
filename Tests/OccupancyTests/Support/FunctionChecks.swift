// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

/// What holds for the generating function of every law, however its draws are to look.
struct FunctionChecks<Function: GeneratingFunction> {
  /// The function of a law, or nil where it is not defined.
  let function: (LabelLaw) -> Function?

  private func function(_ weights: [Int]) throws -> Function? {
    function(LabelLaw(try LabelDistribution(counts: weights)))
  }

  /// The majorant bounds the function on the circle.
  func checkMajorant() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    let scratch = ComplexBall.makeScratch(precision: 200)
    var z = ComplexBall(precision: 200)
    var value = ComplexBall(precision: 200)
    for _ in 0..<RandomTests.count(400) {
      let weights = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      let radius = Double.random(in: 1e-5...3, using: &random)
      let n = Int.random(in: 5...4000, using: &random)
      let k = Int.random(in: 0...((n - 1) / 4), using: &random)
      guard let function = try function(weights) else { continue }
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

  /// The excess is the logarithmic derivative: estimates in `Double`, for planning.
  func checkMeans() throws {
    let function = try #require(try function([3, 4, 4, 9]))
    for x in [1e-5, 1e-3, 0.02, 0.1, 0.5, 2, 90] {
      let h = x * 1e-5
      let slope = (function.logValue(x + h) - function.logValue(x - h)) / (2 * h)
      #expect(abs(slope * x / function.excess(x) - 1) < 1e-6, "x = \(x)")
      let value = function.value(x).approximateLog2
      #expect(abs(function.logValue(x) * 1.442_695_040_888_963_4 - value) < 1e-6)
    }
  }

  /// Contour integrals enclose the coefficients: the chance of draws that look so.
  func checkContours(
    sampling: SamplingScheme, where holds: ([Int]) -> Bool
  ) throws {
    let weights = [2, 3, 3, 5]
    let function = try #require(try function(weights))
    for n in 2...3 {
      let integral = ContourIntegral(function: function, degree: n, bits: 60)
      let weight = sampling.drawWeight(
        total: Integer(weights.reduce(0, +)), drawCount: n, radius: integral.plan.radius,
        precision: 120)
      let weightBounds = weight.enclosure()
      let exact = Outcomes(weights: weights, sampling: sampling, drawCount: n).probability(holds)
      for coefficient in [
        integral.scaledCoefficient(ComplexBall.self, precision: 120),
        integral.scaledCoefficient(ComplexWord.self, precision: 120),
      ] {
        let probability = coefficient.divided(by: weightBounds, precision: 120)
        #expect(probability.contains(exact), "n = \(n)")
        #expect(probability.isWithin(relativePrecision: 50), "n = \(n)")
      }
    }
  }
}

extension ContourIntegral {
  /// - Parameter bits: -log2 of the relative error to aim at for aliasing and for cut-off each.
  init(function: Function, degree: Int, bits: Double) {
    self.init(
      function: function, degree: degree, plan: ContourPlan(function, degree: degree, bits: bits))
  }
}
