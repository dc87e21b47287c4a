// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct AvoidanceProbabilityTests {
  @Test("Small cases are counted")
  func counted() {
    for total in 1...6 {
      for avoided in 0...total {
        for k in 0...4 {
          let with = AvoidanceProbability(
            avoided: avoided, total: total, sampling: .withReplacement, negativeCount: k)
          let share = Rational(total - avoided, total)
          #expect(with.value.exact == (0..<k).reduce(1) { product, _ in product * share })
          guard avoided <= total - 1, k <= total - 1 else { continue }
          let without = AvoidanceProbability(
            avoided: avoided, total: total, sampling: .withoutReplacement, negativeCount: k)
          // One negative after another avoids the items.
          let expected = (0..<k).reduce(Rational(1)) {
            $0 * Rational(max(0, total - 1 - avoided - $1), total - 1 - $1)
          }
          #expect(without.value.exact == expected)
        }
      }
    }
  }

  @Test("Enclosures of long fractions hold them", arguments: SamplingScheme.allCases)
  func enclosed(sampling: SamplingScheme) throws {
    let avoidance = AvoidanceProbability(
      avoided: 37, total: 100_003, sampling: sampling, negativeCount: 20_000)
    let value = avoidance.value
    #expect(value.exact == nil)
    for precision in [10, 64, 200] {
      let enclosure = try value.enclosure(precision: precision)
      #expect(enclosure.isWithin(relativePrecision: precision))
      #expect(enclosure.contains(avoidance.exactValue()))
    }
    #expect(try value.isExactly(avoidance.exactValue()))
  }
}
