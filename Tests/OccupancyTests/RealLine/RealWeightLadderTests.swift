// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct RealWeightLadderTests {
  @Test func `powers to increasing weights are those of the base`() {
    let weights = [1, 2, 5, 6, 70, 1000, 1023]
    let ladder = RealWeightLadder(weights: weights.map { Integer($0) }, precision: 80)
    for base in [Rational(9, 10), Rational(-1, 3)] {
      ladder.begin(base: RealBall(base, precision: 80))
      for (i, weight) in weights.enumerated() {
        var power = RealBall(precision: 80)
        ladder.next(i, into: &power)
        let enclosure = power.enclosure()
        #expect(enclosure.contains(base.power(weight)))
        #expect(enclosure.isWithin(relativePrecision: 60))
      }
    }
  }

  @Test func `small gaps take few products`() {
    // 732 = 1011011100 in binary takes nine squarings and six products, the gaps two.
    #expect(RealWeightLadder.productCount(weights: [732, 733, 735]) == 9 + 6 + 1 + 1)
  }
}
