// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

@Suite struct TailsTests {
  private let narrow = Enclosure(Rational(1, 3), precision: 200)
  private let wide = Enclosure(Rational(2, 3), precision: 20)
  private let open = Enclosure(lower: Real(0), upper: Real(1))

  @Test func `bits are missing as long as either tail lacks some`() throws {
    for tails in [
      Tails(probability: narrow, complement: wide), Tails(probability: wide, complement: narrow),
    ] {
      #expect(tails.isWithin(relativePrecision: 15))
      #expect(tails.missingBits(relativePrecision: 15) == 0)
      #expect(!tails.isWithin(relativePrecision: 100))
      let missing = try #require(tails.missingBits(relativePrecision: 100))
      // A width of 20 bits lacks about 80.
      #expect((78...82).contains(missing))
    }
  }

  @Test func `nobody knows what a tail lacks that reaches zero`() {
    let all = [
      Tails(probability: narrow, complement: open), Tails(probability: open, complement: narrow),
    ]
    for tails in all { #expect(tails.missingBits(relativePrecision: 15) == nil) }
  }
}
