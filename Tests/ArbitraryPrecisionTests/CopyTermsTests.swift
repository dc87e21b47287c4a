// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct CopyTermsTests {
  @Test(arguments: Arithmetic.allCases)
  func `sums of random terms hold the exact ones`(arithmetic: Arithmetic) {
    switch arithmetic {
    case .balls: expectContained(ComplexBall.self)
    case .words: expectContained(ComplexWord.self)
    }
  }

  private func expectContained<Number: RigorousComplex & ~Copyable>(_ arithmetic: Number.Type) {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(40) {
      let precision = Int.random(in: 10...150, using: &random)
      let terms = CopyTerms<Number>(precision: precision)
      for _ in 0..<4 {
        let copies = Int.random(in: 2...20, using: &random)
        let items = Bool.random(using: &random) ? nil : Int.random(in: 1...24, using: &random)
        func part() -> Rational { Rational(Int.random(in: -64...64, using: &random), 16) }
        let isPositive = Bool.random(using: &random)
        let x =
          isPositive
          ? ComplexRational(re: Rational(Int.random(in: 1...64, using: &random), 16), im: 0)
          : ComplexRational(re: part(), im: part())
        var term = ComplexRational(re: 1, im: 0)
        var short = ComplexRational(re: 0, im: 0)
        var reached = short
        for k in 0...(items ?? copies) {
          if k < copies { short = short + term } else { reached = reached + term }
          let ratio = Rational(items.map { $0 - k } ?? 1, k + 1)
          term = term * x * ComplexRational(re: ratio, im: 0)
        }
        let request: Comment = "seed \(RandomTests.seed), \(copies) of \(items ?? 0)"
        terms.step.ball.set(x)
        terms.sumShort(copies, items: items)
        let holdsShort = terms.sum.ball.contains(short)
        #expect(holdsShort, request)
        // Of terms of one sign nothing is lost but a few roundings each.
        let limit = Double(16 * copies) * .powerOfTwo(-terms.step.ball.precision)
        let isSharp = terms.sum.ball.error.bound <= limit
        #expect(isSharp || !isPositive, request)
        guard let items, copies <= items else { continue }
        terms.sumReached(copies, items: items, precision: precision)
        let holdsReached = terms.sum.ball.contains(reached)
        #expect(holdsReached, request)
      }
    }
  }

  /// U from the 4000th term on, to so many bits: the ratios of its terms are near 0.85 for long, so
  /// that the rest is within a hundredth of a geometric series.
  private func reached(items: Int?, precision: Int) -> Enclosure {
    let terms = CopyTerms<RealBall>(precision: 200)
    terms.step.ball.set(items == nil ? Rational(3400) : Rational(3400, 1 << 40))
    terms.sumShort(4000, items: items)
    terms.sumReached(4000, items: items, precision: precision)
    var sum = RealBall(precision: 200)
    sum.set(terms.sum.ball)
    return sum.enclosure()
  }

  @Test(arguments: [nil, 1 << 40])
  func `a sum that ends at once holds the rest, of which it has no more than needed`(
    items: Int?
  ) {
    let short = reached(items: items, precision: -20)
    let long = reached(items: items, precision: 120)
    #expect(short.lower <= long.lower && long.upper <= short.upper)
    #expect(long.isWithin(relativePrecision: 100))
    // One term, and 5.7 times as much left out.
    #expect(!short.isWithin(relativePrecision: 0))
  }
}
