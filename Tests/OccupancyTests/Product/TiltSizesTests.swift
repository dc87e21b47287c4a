// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@_spi(Arithmetic) @testable import Occupancy

struct TiltSizesTests {
  /// ln |H|, from the ball's parts at its precision.
  private func logSize<Number: RigorousComplex & ~Copyable>(
    _ ball: borrowing Number
  ) -> Enclosure {
    let (x, y) = (ball.realPart.rational, ball.imaginaryPart.rational)
    return Enclosure(x * x + y * y, precision: 200).naturalLogarithm(precision: 200)
      .scaled(by: Rational(1, 2), precision: 200)
  }

  @Test(arguments: Arithmetic.allCases)
  func theBoundIsNotBelowTheLogarithmOfTheFunction(arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectBounded(ComplexBall.self)
    case .words: try expectBounded(ComplexWord.self)
    }
  }

  private func expectBounded<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) throws {
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
      // Several copies at times, and a class that need not come.
      let copies = weights.map { _ in round % 2 == 0 ? 1 : Int.random(in: 0...4, using: &random) }
      guard copies.contains(where: { $0 > 0 }) else { continue }
      let product = try law.product(sampling, CoverageGoal(copiesOfEach: copies))
      let tilt = Tilt(log: logTilt)
      let powers = FactorPowers<Number>(product, precision: 200)
      let parts = product.requirement.parts
      let short = parts.map { _ in BallBox<Number>(precision: 200) }
      let reached = parts.map { _ in BallBox<Number>(precision: 200) }
      let scratch = Number.makeScratch(precision: 200)
      var point = Number(precision: 200)
      var y = Number(precision: 200)
      var value = Number(precision: 200)
      point.setRootOfUnity(Int.random(in: 0..<97, using: &random), of: 97)
      point.multiply(by: Double.random(in: 0.01...20, using: &random), scratch)
      powers.begin(at: point)
      for (l, u) in zip(short, reached) {
        powers.next()
        l.ball.set(powers.short.ball)
        u.ball.set(powers.reached.ball)
      }
      var sizes = TiltSizes(product, tilt: tilt)
      sizes.set(short: short, reached: reached)
      let count = Int.random(in: 1...7, using: &random)
      for l in 0..<count {
        y.setRootOfUnity(l, of: count)
        let factor = tilt.ball(precision: 200)
        var real = Number(precision: 200)
        real.set(factor)
        y.multiply(by: real, scratch)
        value.set(1)
        for (index, part) in parts.enumerated() {
          var sum = Number(precision: 200)
          sum.set(reached[index].ball)
          sum.multiply(by: y, scratch)
          sum.add(short[index].ball)
          for _ in 0..<part.classCount { value.multiply(by: sum, scratch) }
        }
        let exact = logSize(value)
        let bound = sizes.logBound(tiltAngle: 2 * Double.pi * Double(l) / Double(count))
        let note =
          "seed \(RandomTests.seed), \(weights), \(copies), \(sampling), tilt \(logTilt), "
          + "\(l)/\(count)"
        #expect(Real(bound) >= exact.lower, "\(note)")
        // Rounding costs far less than a millionth, but for factors that nearly vanish.
        #expect(bound <= exact.upper.double() + 1e-6 * (1 + abs(bound)), "\(note)")
        #expect(!(Magnitude(exponential: bound).real < value.size.real), "\(note)")
      }
    }
  }

  /// L or U is off by all that its error allows, away from zero; the other one is 0, or as large.
  @Test(arguments: [true, false], Arithmetic.allCases)
  func errorsOfBothPartsAreInTheBound(isShort: Bool, arithmetic: Arithmetic) throws {
    for isAlone in [true, false] {
      switch arithmetic {
      case .balls: try expectErrorsBounded(isShort, isAlone, ComplexBall.self)
      case .words: try expectErrorsBounded(isShort, isAlone, ComplexWord.self)
      }
    }
  }

  private func expectErrorsBounded<Number: RigorousComplex & ~Copyable>(
    _ isShort: Bool, _ isAlone: Bool, _ arithmetic: Number.Type
  ) throws {
    let law = LabelLaw(try LabelDistribution(counts: [1]))
    var sizes = TiltSizes(try law.product(.withReplacement), tilt: .one)
    let (other, large) = (BallBox<Number>(precision: 200), BallBox<Number>(precision: 200))
    var ball = ComplexBall(precision: 200)
    ball.set(Rational(63, 64), Rational(63, 64))
    large.ball.set(ball)
    if !isAlone { other.ball.set(ball) }
    large.ball.widen(by: Magnitude(0x1p-21))
    let error = Real(large.ball.error.bound).rational
    let exact = logSize(large.ball).adding(
      Enclosure((isAlone ? 1 : 2) + error, precision: 200).naturalLogarithm(precision: 200),
      precision: 200)
    sizes.set(short: [isShort ? large : other], reached: [isShort ? other : large])
    let bound = sizes.logBound(tiltAngle: 0)
    #expect(Real(bound) >= exact.upper)
    #expect(bound < exact.upper.double() + 0x1p-20)
  }

  @Test
  func exponentialsAreRoundedUpToPowersOfTwo() {
    for x in [-5000.0, -1, -0.5, 0, 0.1, 1, 5000] {
      let bound = Magnitude(exponential: x).approximateLog2
      let exact = x * 1.442_695_040_888_963_4
      #expect(bound >= exact && bound <= exact + 2, "\(x)")
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func nodesOfWhichNothingIsKnownAreKept(arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectKept(ComplexBall.self)
    case .words: try expectKept(ComplexWord.self)
    }
  }

  private func expectKept<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2]))
    var sizes = TiltSizes(try law.product(.withReplacement), tilt: .one)
    let boxes = (0..<2).map { _ in BallBox<Number>(precision: 53) }
    // 1/0 is not a number.
    let scratch = Number.makeScratch(precision: 53)
    for box in boxes {
      box.ball.set(0)
      box.ball.formReciprocal(scratch)
    }
    sizes.set(short: boxes, reached: boxes)
    #expect(sizes.logBound(tiltAngle: 0) == .infinity)
  }
}
