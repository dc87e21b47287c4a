// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct GroupProductTests {
  @Test(arguments: Arithmetic.allCases)
  func theProductContainsTheExactOne(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectContained(ComplexBall.self)
    case .words: expectContained(ComplexWord.self)
    }
  }

  private func expectContained<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let exponents = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Int.random(in: 1...40, using: &random)
      }
      let precision = Int.random(in: 10...150, using: &random)
      let product = GroupProduct<Number>(exponents: exponents, precision: precision)
      for _ in 0..<2 {
        product.begin()
        var exact = ComplexRational(re: 1, im: 0)
        var factor = Number(precision: precision)
        for k in exponents {
          let z = ComplexRational(
            re: Rational(Int.random(in: -64...64, using: &random), 32),
            im: Rational(Int.random(in: -64...64, using: &random), 32))
          factor.set(z)
          product.multiply(by: factor)
          exact = exact * z.power(k)
        }
        var result = Number(precision: precision)
        product.finish(into: &result)
        let isInside = result.contains(exact)
        #expect(isInside, "seed \(RandomTests.seed), \(exponents)")
      }
    }
  }

  @Test(arguments: Arithmetic.allCases)
  func anExponentOfABillionCostsThirtySquarings(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectFewSquarings(ComplexBall.self)
    case .words: expectFewSquarings(ComplexWord.self)
    }
  }

  private func expectFewSquarings<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) {
    let product = GroupProduct<Number>(exponents: [1_000_000_000, 3], precision: 100)
    product.begin()
    var factor = Number(precision: 100)
    factor.set(ComplexRational(re: 1, im: Rational(1, 1_000_000_000)))
    product.multiply(by: factor)
    factor.set(2)
    product.multiply(by: factor)
    var result = Number(precision: 100)
    product.finish(into: &result)
    // (1 + i/n)^n = e^i to within 1/n; |8 e^i| = 8.
    let norm = result.midpoint.norm - 64
    #expect(norm.magnitude < Rational(1, 1_000_000))
    #expect(result.error.bound < 1e-19)
  }
}
