// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct CountLogWindowTests {
  private static let laws: [CountLaw] = [
    .binomial(trialCount: 65_536, success: 1, failure: 999),
    .binomial(trialCount: 3, success: 1, failure: 999_999),
    .binomial(trialCount: 5000, success: 999, failure: 1),
    .hypergeometric(trialCount: 4096, items: 127_999, matching: 1299),
    .hypergeometric(trialCount: 127_998, items: 127_999, matching: 1299),
    // Weights beyond a machine word.
    .collisions(
      ownWeight: Integer(10).power(40), total: Integer(10).power(42) + 7,
      sampling: .withReplacement, negativeCount: 4096),
  ]

  @Test(arguments: laws.indices)
  func `a wider window at more bits lies within a narrow one`(index: Int) {
    let law = Self.laws[index]
    let wide = CountLogWindow(law: law, precision: 60)
      .enclosure(IntegerLogarithms(limit: 1, precision: 60))
    let narrow = CountLogWindow(law: law, precision: 200)
      .enclosure(IntegerLogarithms(limit: 500, precision: 200))
    #expect(wide.contains(narrow))
    #expect(wide.isWithin(relativePrecision: 40))
    #expect(narrow.isWithin(relativePrecision: 180))
  }

  /// The ratios are so small that next to nothing is left but the next term, and 1 + h is next to a
  /// power of two, whose logarithm stands for its.
  @Test(arguments: [true, false])
  func `what is left beyond a number is no more than its bounds, which are near it`(
    isUpward: Bool
  ) {
    let law = CountLaw.binomial(
      trialCount: 100, success: isUpward ? 1 : 1_000_000_000,
      failure: isUpward ? 1_000_000_000 : 1)
    let start = isUpward ? 30 : 62
    let rest = CountLogWindow.rest(
      CountWalk(law, start: start, isUpward: isUpward, precision: 128))
    var (weighted, plain, term) = (Enclosure(0), Rational(0), Rational(1))
    for m in isUpward ? Array(31...100) : Array((0...61).reversed()) {
      let ratio =
        isUpward
        ? Rational(101 - m, m) / Rational(1_000_000_000)
        : Rational(m + 1, 100 - m) / Rational(1_000_000_000)
      term = term * ratio
      plain += term
      let log = Enclosure(m + 1).naturalLogarithm(precision: 200)
      weighted = weighted.adding(log.scaled(by: term, precision: 200), precision: 200)
    }
    #expect(rest.0.real >= weighted.upper)
    #expect(rest.0.real.double() < 1.02 * weighted.upper.double())
    #expect(rest.1.real.rational >= plain)
  }

  @Test func `a law of one value is its logarithm`() {
    let law = CountLaw.binomial(trialCount: 1_000_000_000, success: 1, failure: 0)
    let value = CountLogWindow(law: law, precision: 80)
      .enclosure(IntegerLogarithms(limit: 1, precision: 80))
    #expect(value.contains(Enclosure(1_000_000_001).naturalLogarithm(precision: 200)))
    #expect(value.isWithin(relativePrecision: 70))
  }

  @Test func `logarithms of composite numbers are the sums of those of their factors`() {
    let table = IntegerLogarithms(limit: 700, precision: 100)
    #expect(table.error.bound < 0x1p-93)
    for n in 2...800 {
      let exact = Enclosure(n).naturalLogarithm(precision: 200)
      var center = Accumulator(precision: 100)
      center.set(table.logarithm(n), rounding: .nearest)
      let radius = Magnitude(center) * table.error
      #expect(Enclosure(center: center, radius: radius).contains(exact), "ln \(n)")
    }
  }
}
