// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct FactorialsTests {
  @Test(arguments: [0, 1, 2, 20, 2999, 3000, 3001, 3500, 5000], [10, 64, 300])
  func theEnclosureContainsTheFactorial(n: Int, precision: Int) {
    let enclosure = Factorials.factorial(n, precision: precision).enclosure()
    #expect(enclosure.contains(Rational(Integer.factorial(n))))
    #expect(enclosure.isWithin(relativePrecision: precision - 4))
  }

  @Test
  func theEnclosureContainsTheBinomialCoefficientOnBothSidesOfTheLimits() {
    // 2040 and 2060 bits of factors, and 3000 and 3001 factors.
    for (n, k) in [
      (0, 0), (7, 3), (9000, 8999), (1_000_000, 102), (1_000_000, 999_897), (1_281_167, 1300),
      (1 << 40, 300), (6001, 3000), (6003, 3001), (7000, 3002),
    ] {
      for precision in [10, 64, 300] {
        let enclosure = Factorials.binomial(n, k, precision: precision).enclosure()
        #expect(enclosure.contains(Rational(Integer.binomial(n, k))), "n = \(n), k = \(k)")
        #expect(enclosure.isWithin(relativePrecision: precision - 4), "n = \(n), k = \(k)")
      }
    }
  }

  @Test
  func theEnclosureContainsTheFallingFactorial() {
    for (n, k) in [(0, 0), (7, 0), (7, 7), (7, 8), (1 << 40, 300), (4000, 3000), (4000, 3001)] {
      let exact = k > n ? 0 : Rational(Integer.binomial(n, k) * Integer.factorial(k))
      for precision in [30, 64, 300] {
        let enclosure = Factorials.falling(n, k, precision: precision).enclosure()
        #expect(enclosure.contains(exact), "n = \(n), k = \(k)")
        // Up to k roundings.
        #expect(enclosure.isWithin(relativePrecision: precision - 13), "n = \(n), k = \(k)")
      }
    }
  }

  @Test
  func theEnclosureContainsTheMissProbability() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let items = Int.random(in: 2...2000, using: &random)
      let missed = Int.random(in: 0..<items, using: &random)
      let draws = Int.random(in: 0...(items - missed), using: &random)
      let precision = Int.random(in: 8...200, using: &random)
      let enclosure = Factorials.missProbability(
        items: items, missed: missed, drawCount: draws, precision: precision)
      let exact = Rational(Integer.binomial(items - missed, draws), Integer.binomial(items, draws))
      #expect(enclosure.contains(exact), "seed \(RandomTests.seed), \(items), \(missed), \(draws)")
      #expect(enclosure.isWithin(relativePrecision: precision - 4))
    }
  }

  @Test
  func hugeFactorialsObeyTheirRecurrence() {
    // (n + 1)! = (n + 1) n!
    for n in [1_000_000, 1_000_000_000, 999_999_999_999_999] {
      var smaller = Factorials.factorial(n, precision: 100)
      smaller.multiply(by: n + 1)
      let larger = Factorials.factorial(n + 1, precision: 100).enclosure()
      #expect(larger.isWithin(relativePrecision: 90))
      #expect(larger.overlaps(smaller.enclosure()))
    }
  }
}
