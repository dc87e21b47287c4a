// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct CountLogMomentsTests {
  /// p(0), ..., p(k).
  private func pmf(_ law: CountLaw) -> [Rational] {
    (0...law.trialCount).map(law.exactPMF)
  }

  private static let laws: [CountLaw] = [
    .binomial(trialCount: 31, success: 1, failure: 9),
    .binomial(trialCount: 7, success: 9, failure: 1),
    .binomial(trialCount: 40, success: 2, failure: 1),
    .binomial(trialCount: 12, success: 1, failure: 999),
    .hypergeometric(trialCount: 31, items: 99, matching: 9),
    .hypergeometric(trialCount: 40, items: 63, matching: 59),
    .hypergeometric(trialCount: 49, items: 49, matching: 24),
  ]

  @Test(arguments: laws.indices)
  func `central moments hold those of the law itself`(index: Int) throws {
    let law = Self.laws[index]
    let pmf = pmf(law)
    let mean = pmf.enumerated().reduce(Rational(0)) { $0 + Rational($1.offset) * $1.element }
    #expect(mean == law.mean)
    let moments = CountLogMoments(law: law, precision: 150).centralMoments(upTo: 12)
    #expect(moments.count == 13)
    for (order, moment) in moments.enumerated() {
      let exact = pmf.enumerated().reduce(Rational(0)) {
        $0 + (Rational($1.offset) - mean).power(order) * $1.element
      }
      #expect(moment.contains(exact), "moment \(order)")
      #expect(moment.width < Real(1e-20), "moment \(order)")
    }
  }

  @Test(arguments: laws.indices, [2, 4, 6, 12])
  func `whatever the number of moments the remainder covers the expected logarithm`(
    index: Int, count: Int
  ) {
    let law = Self.laws[index]
    let value = CountLogMoments(law: law, precision: 150).enclosure(momentCount: count)
    #expect(value.contains(Enclosure.expectedLog(pmf(law))))
  }

  @Test(arguments: [
    CountLaw.binomial(trialCount: 20_000, success: 1, failure: 9),
    .binomial(trialCount: 3000, success: 3, failure: 2),
    .hypergeometric(trialCount: 20_000, items: 39_999, matching: 3999),
  ])
  func `an expansion by moments and a sum over a window agree to 100 bits`(
    law: CountLaw
  ) throws {
    let count = try #require(CountLogMoments.estimatedCount(law, precision: 120))
    let moments = CountLogMoments(law: law, precision: 160).enclosure(momentCount: count)
    let window = CountLogWindow(law: law, precision: 160)
      .enclosure(IntegerLogarithms(limit: 1, precision: 160))
    #expect(moments.isWithin(relativePrecision: 100))
    #expect(window.isWithin(relativePrecision: 130))
    #expect(moments.overlaps(window))
  }

  @Test func `no number of moments is proposed where the mean is too small for the digits`() {
    let law = CountLaw.binomial(trialCount: 31, success: 1, failure: 9)
    #expect(CountLogMoments.estimatedCount(law, precision: 60) == nil)
  }
}
