// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct MissedProductTests {
  @Test(arguments: Arithmetic.allCases)
  func theDifferenceOfProductsIsContained(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectContained(ComplexBall.self)
    case .words: expectContained(ComplexWord.self)
    }
  }

  private func expectContained<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    var random = SplitMix64(seed: RandomTests.seed)
    for i in 0..<RandomTests.count(60) {
      let exponents = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Int.random(in: 1...20, using: &random)
      }
      let precision = Int.random(in: 10...150, using: &random)
      let product = MissedProduct<Number>(exponents: exponents, precision: precision)
      let u = BallBox<Number>(precision: precision)
      let all = BallBox<Number>(precision: precision)
      let short = BallBox<Number>(precision: precision)
      for _ in 0..<2 {
        product.begin()
        var (f, e) = (ComplexRational(re: 1, im: 0), ComplexRational(re: 1, im: 0))
        for k in exponents {
          func part() -> Rational { Rational(Int.random(in: -64...64, using: &random), 32) }
          let (x, y) = (ComplexRational(re: part(), im: part()), part())
          // L = 1 in every other case.
          let l = ComplexRational(re: i % 2 == 0 ? 1 : y, im: i % 2 == 0 ? 0 : part())
          let sum = ComplexRational(re: x.re + l.re, im: x.im + l.im)
          u.ball.set(x)
          short.ball.set(l)
          all.ball.set(sum)
          product.multiply(by: u, all: all, short: i % 2 == 0 ? nil : short)
          f = f * x.power(k)
          e = e * sum.power(k)
        }
        var result = Number(precision: precision)
        product.finish(into: &result)
        let isInside = result.contains(ComplexRational(re: e.re - f.re, im: e.im - f.im))
        #expect(isInside, "seed \(RandomTests.seed), \(exponents)")
      }
    }
  }

  /// (1 + x)^k - x^k for x = 2^200, where the terms of a difference agree in 200 bits.
  @Test func aSmallShareLosesNothing() {
    let product = MissedProduct<ComplexWord>(exponents: [3, 2], precision: 122)
    let (u, all) = (BallBox<ComplexWord>(precision: 122), BallBox<ComplexWord>(precision: 122))
    product.begin()
    for _ in 0..<2 {
      u.ball.set(1)
      u.ball.scale(byPowerOfTwo: 200)
      all.ball.set(u.ball)
      all.ball.add(1, ComplexWord.Scratch())
      product.multiply(by: u, all: all, short: nil)
    }
    var result = ComplexWord()
    product.finish(into: &result)
    let x = Rational(Integer(1).shiftedLeft(by: 200))
    let exact =
      (0..<5).reduce(Rational(1)) { p, _ in p * (x + 1) }
      - (0..<5).reduce(Rational(1)) { p, _ in p * x }
    #expect(result.contains(ComplexRational(re: exact, im: 0)))
    #expect(result.error.bound < 0x1p-116)
  }
}
