// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct LinearFactorsTests {
  @Test(arguments: Arithmetic.allCases)
  func `the product at every point contains the exact one`(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectContained(ComplexBall.self)
    case .words: expectContained(ComplexWord.self)
    }
  }

  /// Points of the unit circle and within it.
  private static let points = [
    ComplexRational(re: 1, im: 0), ComplexRational(re: -1, im: 0), ComplexRational(re: 0, im: 1),
    ComplexRational(re: 0, im: -1), ComplexRational(re: Rational(3, 5), im: Rational(-4, 5)),
    ComplexRational(re: Rational(-5, 13), im: Rational(12, 13)),
    ComplexRational(re: Rational(1, 3), im: Rational(1, 7)), ComplexRational(re: 0, im: 0),
  ]

  private func expectContained<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(40) {
      // Few exponents, so that blocks are long.
      let exponents = (0..<Int.random(in: 1...20, using: &random)).map { _ in
        Int.random(in: 1...3, using: &random)
      }
      let precision = Int.random(in: 20...150, using: &random)
      let pointCount = Int.random(in: 1...200, using: &random)
      let factors = LinearFactors<Number>(
        exponents: exponents, pointCount: pointCount, precision: precision)
      let a = BallVector<Number>(count: exponents.count, precision: precision)
      let b = BallVector<Number>(count: exponents.count, precision: precision)
      let (y, square) = (
        BallBox<Number>(precision: precision), BallBox<Number>(precision: precision)
      )
      for _ in 0..<2 {
        // Of one size, or of sizes that lie far apart.
        let reach = Bool.random(using: &random) ? 2 : 300
        func number(isPositive: Bool = false) -> ComplexRational {
          func part() -> Rational {
            Rational(Int.random(in: -64...64, using: &random))
              * powerOfTwo(Int.random(in: -reach...reach, using: &random))
          }
          return isPositive
            ? ComplexRational(re: part().magnitude, im: 0) : ComplexRational(re: part(), im: part())
        }
        let isPositive = Bool.random(using: &random)
        let exact = exponents.map { _ in
          (number(isPositive: isPositive), number(isPositive: isPositive))
        }
        for (i, pair) in exact.enumerated() {
          a[i].set(pair.0)
          b[i].set(pair.1)
        }
        for (index, point) in Self.points.enumerated() {
          y.ball.set(point)
          square.ball.set(point * point)
          factors.begin(a, b, error: max(y.ball.error, square.ball.error))
          var result = Number(precision: precision)
          factors.evaluate(at: y.ball, square: square.ball, into: &result)
          let product = zip(exact, exponents).reduce(ComplexRational(re: 1, im: 0)) {
            $0 * ($1.0.0 + $1.0.1 * point).power($1.1)
          }
          let request: Comment =
            "seed \(RandomTests.seed), \(exponents), \(pointCount), point \(index)"
          let isInside = result.contains(product)
          #expect(isInside, request)
          // Of factors of one sign nothing is lost but some units each.
          guard isPositive, index == 0, product.re.signum > 0 else { continue }
          let limit = 40 * Double(exponents.reduce(0, +)) * .powerOfTwo(-y.ball.precision)
          let isSharp = result.error.bound <= limit
          #expect(isSharp, request)
        }
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func `of what may be anything nothing is known`(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectUnknown(ComplexBall.self)
    case .words: expectUnknown(ComplexWord.self)
    }
  }

  private func expectUnknown<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    let a = BallVector<Number>(count: 3, precision: 100)
    let b = BallVector<Number>(count: 3, precision: 100)
    let (one, zero) = (BallBox<Number>(precision: 100), BallBox<Number>(precision: 100))
    one.ball.set(1)
    zero.ball.formReciprocal(Number.makeScratch(precision: 100))
    for i in 0..<3 {
      a[i].set(1)
      b[i].set(2)
    }
    b[1].set(zero.ball)
    let factors = LinearFactors<Number>(exponents: [1, 1, 1], pointCount: 100, precision: 100)
    factors.begin(a, b, error: .exact)
    var result = Number(precision: 100)
    factors.evaluate(at: one.ball, square: one.ball, into: &result)
    let isKnown = result.bound.double < .infinity
    #expect(!isKnown)
  }

  /// In words, whose points have units of 2^-124: one that errs by more than allowed, and one by less.
  @Test(arguments: [0x1p-109, .infinity, 0x1p-111])
  func `at a point that is hardly known there is no value`(bound: Double) {
    let coefficients = BallVector<ComplexWord>(count: 2, precision: 122)
    var (one, point, value) = (ComplexWord(), ComplexWord(), ComplexWord())
    one.set(1)
    coefficients[0].set(one)
    coefficients[1].set(one)
    point.set(1)
    point.bound = bound
    for (y, square) in [(one, point), (point, one)] {
      value.setValue(
        of: coefficients, 0...1, at: y, square: square, size: Magnitude(2),
        error: Magnitude(0x1p-99),
        ComplexWord.Scratch())
      #expect((value.error == .unbounded) == (bound > 0x1p-110))
    }
  }

  @Test func `blocks are as long as pays, and their work is counted`() {
    let degrees = [1, 8, 32, 128, 10_000].map { LinearFactorBlocks.degree(pointCount: $0) }
    #expect(degrees == [1, 2, 4, 8, 8])
    // 77 factors in ten blocks and 15 of two bits or fewer, at 128 points.
    let exponents = [Int](repeating: 1, count: 77) + [Int](repeating: 2, count: 14) + [895]
    let work = LinearFactorBlocks.work(exponents: exponents, pointCount: 128)
    // Factors and sums; products of 10, 2 and 9 powers, and squarings; multiplying out.
    let each: Double = 1.5 * 92 + 21 + 10
    #expect(work == 128 * each + 966)
  }
}
