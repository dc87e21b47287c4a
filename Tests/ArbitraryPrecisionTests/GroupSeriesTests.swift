// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct GroupSeriesTests {
  /// The coefficients of h_0 prod_j (1 + u_j y)^(k_j) by products with one factor after another.
  private func exact(
    _ first: ComplexRational, _ factors: [ComplexRational], _ exponents: [Int]
  ) -> [ComplexRational] {
    var coefficients = [first]
    for (u, k) in zip(factors, exponents) {
      for _ in 0..<k {
        coefficients.append(ComplexRational(re: 0, im: 0))
        for d in (1..<coefficients.count).reversed() {
          let more = coefficients[d - 1] * u
          coefficients[d] = ComplexRational(
            re: coefficients[d].re + more.re, im: coefficients[d].im + more.im)
        }
      }
    }
    return coefficients
  }

  @Test(arguments: Arithmetic.allCases)
  func coefficientsContainTheExactOnesFromBothEnds(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectContained(ComplexBall.self)
    case .words: expectContained(ComplexWord.self)
    }
  }

  private func expectContained<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    var random = SplitMix64(seed: RandomTests.seed)
    var reachedFromTop = 0
    let count = RandomTests.count(100)
    for _ in 0..<count {
      let exponents = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      func number(_ least: Int) -> ComplexRational {
        ComplexRational(
          re: Rational(Int.random(in: least...64, using: &random), 32),
          im: Rational(Int.random(in: -64...64, using: &random), 32))
      }
      let factors = exponents.map { _ in number(1) }
      let first = number(-64)
      let coefficients = exact(first, factors, exponents)
      let low = Int.random(in: 0..<coefficients.count, using: &random)
      let range = CoefficientRange(
        low...Int.random(in: low..<coefficients.count, using: &random),
        exponents: exponents.map(Double.init),
        logFactors: factors.map { log($0.norm.double) / 2 })
      if range.isFromTop { reachedFromTop += 1 }
      let precision = Int.random(in: 20...150, using: &random)
      let series = GroupSeries<Number>(exponents: exponents, precision: precision)
      let vector = BallVector<Number>(count: factors.count, precision: precision)
      var scale = Number(precision: precision)
      scale.set(first)
      // Twice, to see that nothing is left of the first time.
      for _ in 0..<2 {
        for (j, u) in factors.enumerated() { vector[j].set(u) }
        var seen: Set<Int> = []
        series.forEach(in: range, of: vector, times: scale) { index, coefficient in
          let isInside = coefficient.contains(coefficients[low + index])
          #expect(
            isInside, "seed \(RandomTests.seed), \(exponents), \(range), coefficient \(low + index)"
          )
          seen.insert(low + index)
        }
        #expect(seen == Set(range.range))
      }
    }
    #expect(reachedFromTop > 0 && reachedFromTop < count)
  }

  /// What is planned for is what comes: of a long series no more bits are lost than were expected,
  /// and not a quarter of them less.
  @Test
  func errorsGrowAsExpected() {
    let exponents = [300, 200]
    let precision = 800
    let range = CoefficientRange(
      200...200, exponents: exponents.map(Double.init), logFactors: [0, log(0.5)])
    let series = GroupSeries<ComplexBall>(exponents: exponents, precision: precision)
    let vector = BallVector<ComplexBall>(count: 2, precision: precision)
    vector[0].set(1)
    vector[1].set(0.5)
    var one = ComplexBall(precision: precision)
    one.set(1)
    var found = (lost: 0.0, expected: 0.0)
    series.forEach(in: range, of: vector, times: one) { _, coefficient in
      found.lost = Double(precision) + (Magnitude(1) * coefficient.error).approximateLog2
      found.expected = range.logErrors / ln2 - coefficient.size.approximateLog2
    }
    #expect(found.lost < found.expected + 8 && found.lost > 0.75 * found.expected)
  }
}
