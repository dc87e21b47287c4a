// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct CopyTermsTests {
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
