// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ClassRatesTests {
  @Test
  func roundedRatesAndTheirRestsAddUp() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 7, 7, 1000, 123_457]))
    let weights = try #require(ClassRates.Law(law))
    for radius in [0.001, 1, 12_345.678, 3e9] {
      let rates = ClassRates(weights, radius: radius)
      for (group, weight) in zip(rates.groups, weights.groups) {
        let exact = Real(radius).rational * Rational(weight.weight) / Rational(weights.total)
        let rest = exact - Real(group.rate).rational
        // The rate is rounded; the rest is known to 51 bits.
        #expect(abs(Real(rest, precision: 64, rounding: .up).double()) <= group.rate * 0x1p-52)
        let error = Real(rest - Real(group.rest).rational, precision: 64, rounding: .up).double()
        #expect(abs(error) <= abs(group.rest) * 0x1p-51)
      }
      #expect(rates.groups.map(\.count) == [1, 2, 1, 1])
    }
  }

  @Test
  func longWeightsAreRefused() throws {
    let tiny = Rational(1, Integer(10).power(20))
    #expect(ClassRates.Law(try LabelLaw(probabilities: [tiny, 1 - tiny])) == nil)
  }

  @Test
  func compensatedSumsKeepWhatCancels() {
    var sum = CompensatedSum()
    for x in [1e16, 1, -1e16, 0x1p-30] { sum.add(x) }
    #expect(sum.value == 1 + 0x1p-30)
  }
}
