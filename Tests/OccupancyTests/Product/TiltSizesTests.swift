// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct TiltSizesTests {
  /// ln |H|, from the ball's parts at its precision.
  private func logSize(_ ball: borrowing ComplexBall) -> Enclosure {
    let (x, y) = (ball.realPart.rational, ball.imaginaryPart.rational)
    return Enclosure(x * x + y * y, precision: 200).naturalLogarithm(precision: 200)
      .scaled(by: Rational(1, 2), precision: 200)
  }

  @Test
  func theBoundIsNotBelowTheLogarithmOfTheFunction() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for round in 0..<RandomTests.count(60) {
      let weights = (0..<Int.random(in: 2...8, using: &random)).map { _ in
        Int.random(in: 1...12, using: &random)
      }
      let sampling: SamplingScheme =
        Bool.random(using: &random) ? .withReplacement : .withoutReplacement
      let law = LabelLaw(try LabelDistribution(counts: weights))
      // Also tilts for which every class, or none, is seen.
      let logTilt = Double.random(in: -4...4, using: &random) * [1, 10, 300][round % 3]
      let function = OccupancyFunction(law: law, sampling: sampling, tilt: Tilt(log: logTilt))
      let evaluator = OccupancyFunction.Evaluator(function, precision: 200)
      let scratch = ComplexBall.Scratch(precision: 200)
      var point = ComplexBall(precision: 200)
      var y = ComplexBall(precision: 200)
      var value = ComplexBall(precision: 200)
      point.setRootOfUnity(Int.random(in: 0..<97, using: &random), of: 97)
      point.multiply(by: Double.random(in: 0.01...20, using: &random), scratch)
      evaluator.begin(at: point)
      var sizes = TiltSizes(function)
      sizes.set(evaluator.seen)
      let count = Int.random(in: 1...7, using: &random)
      for l in 0..<count {
        y.setRootOfUnity(l, of: count)
        let factor = function.tilt.ball(precision: 200)
        var real = ComplexBall(precision: 200)
        real.set(factor)
        y.multiply(by: real, scratch)
        evaluator.evaluate(tilt: y, into: &value)
        let exact = logSize(value)
        let bound = sizes.logBound(tiltAngle: 2 * Double.pi * Double(l) / Double(count))
        let note =
          "seed \(RandomTests.seed), \(weights), \(sampling), tilt \(logTilt), \(l)/\(count)"
        #expect(Real(bound) >= exact.lower, "\(note)")
        // Rounding costs far less than a millionth, but for factors that nearly vanish.
        #expect(bound <= exact.upper.double() + 1e-6 * (1 + abs(bound)), "\(note)")
        #expect(!(Magnitude(exponential: bound).real < value.size.real), "\(note)")
      }
    }
  }

  @Test
  func exponentialsAreRoundedUpToPowersOfTwo() {
    for x in [-5000.0, -1, -0.5, 0, 0.1, 1, 5000] {
      let bound = Magnitude(exponential: x).approximateLog2
      let exact = x * 1.442_695_040_888_963_4
      #expect(bound >= exact && bound <= exact + 2, "\(x)")
    }
  }

  @Test
  func nodesOfWhichNothingIsKnownAreKept() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2]))
    let function = OccupancyFunction(law: law, sampling: .withReplacement, tilt: .one)
    var sizes = TiltSizes(function)
    let boxes = (0..<2).map { _ in BallBox(precision: 53) }
    // 1/0 is not a number.
    let scratch = ComplexBall.Scratch(precision: 53)
    for box in boxes {
      box.ball.set(0)
      box.ball.formReciprocal(scratch)
    }
    sizes.set(boxes)
    #expect(sizes.logBound(tiltAngle: 0) == .infinity)
  }
}
