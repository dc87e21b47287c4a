// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct WeightPowersTests {
  @Test(arguments: Arithmetic.allCases)
  func powersOfOnePlusZContainTheExactOnes(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectExactPowers(ComplexBall.self)
    case .words: expectExactPowers(ComplexWord.self)
    }
  }

  private func expectExactPowers<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let weights = increasing(&random, below: 60)
      let precision = Int.random(in: 10...150, using: &random)
      let powers = WeightPowers<Number>(
        weights: weights.map { Integer($0) }, sampling: .withoutReplacement, precision: precision)
      // Twice: a second point starts afresh.
      for _ in 0..<2 {
        let z = ComplexRational(
          re: Rational(Int.random(in: -64...64, using: &random), 32),
          im: Rational(Int.random(in: -64...64, using: &random), 32))
        var point = Number(precision: precision)
        point.set(z)
        powers.begin(at: point)
        var result = Number(precision: precision)
        for w in weights {
          powers.next()
          result.set(powers.power.ball)
          let exact = ComplexRational(re: z.re + 1, im: z.im).power(w)
          let isInside = result.contains(exact)
          #expect(isInside, "seed \(RandomTests.seed), z = \(z), w = \(w)")
        }
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func powersOfTheExponentialAgreeWithExponentialsOfProducts(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectExponentials(ComplexBall.self)
    case .words: expectExponentials(ComplexWord.self)
    }
  }

  private func expectExponentials<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) {
    var random = SplitMix64(seed: RandomTests.seed &+ 1)
    for _ in 0..<RandomTests.count(60) {
      // Long gaps too, which take exponentials; within what the precision bears.
      let most = Number.fixedPrecision == nil ? 200 : 60
      let bits = Int.random(in: 1...most, using: &random)
      var weights: [Integer] = []
      for w in increasing(&random, below: 1000) {
        weights.append(Integer(1).shiftedLeft(by: bits) * Integer(w / 2) + Integer(w))
      }
      let precision = Int.random(in: 250...300, using: &random)
      let powers = WeightPowers<Number>(
        weights: weights, sampling: .withReplacement, precision: precision)
      let size = Rational(1, weights[weights.count - 1])
      var point = Number(precision: precision)
      point.set(
        ComplexRational(re: size * Rational(Int.random(in: 1...9, using: &random)), im: size))
      powers.begin(at: point)
      let scratch = Number.makeScratch(precision: precision)
      var result = Number(precision: precision)
      var direct = Number(precision: precision)
      for w in weights {
        powers.next()
        result.set(powers.power.ball)
        direct.set(point)
        direct.multiply(by: w)
        direct.formExponential(scratch)
        let (agree, e) = (result.overlaps(direct), result.error.bound)
        #expect(agree, "seed \(RandomTests.seed), w = \(w)")
        #expect(e < 0.01, "seed \(RandomTests.seed), w = \(w)")
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func aUnitScalesThePoint(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectScaled(ComplexBall.self)
    case .words: expectScaled(ComplexWord.self)
    }
  }

  private func expectScaled<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) {
    let weights = [Integer(3), Integer(1).shiftedLeft(by: 700)]
    let scaled = WeightPowers<Number>(
      weights: weights, sampling: .withReplacement, unit: 700, precision: 900)
    let plain = WeightPowers<Number>(
      weights: [weights[1]], sampling: .withReplacement, precision: 900)
    var point = Number(precision: 900)
    var small = Number(precision: 900)
    point.set(ComplexRational(re: Rational(1, 2), im: Rational(1, 4)))
    small.set(point)
    small.scale(byPowerOfTwo: -700)
    scaled.begin(at: point)
    plain.begin(at: small)
    var a = Number(precision: 900)
    var b = Number(precision: 900)
    scaled.next()
    scaled.next()
    plain.next()
    a.set(scaled.power.ball)
    b.set(plain.power.ball)
    let (agree, e) = (a.overlaps(b), a.error.bound)
    #expect(agree)
    #expect(e < 1e-30)
  }

  private func increasing(_ random: inout SplitMix64, below limit: Int) -> [Int] {
    Set(
      (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Int.random(in: 1..<limit, using: &random)
      }
    ).sorted()
  }
}
