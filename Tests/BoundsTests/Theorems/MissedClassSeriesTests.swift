// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Randomness
import TestSupport
import Testing

@testable import Bounds

@Suite struct MissedClassSeriesTests {
  /// The expectation from the law of the number of distinct labels, d = C - I.
  private func direct(
    _ classes: Int, _ draws: Int, own: Int, _ exponent: Rational, precision: Int
  ) throws -> Enclosure {
    let law = try DistinctLaw(
      law: .uniform(classCount: classes), sampling: .withReplacement, drawCount: draws)
    let q = Enclosure(exponent, precision: precision).exponential(precision: precision)
    var sum = Enclosure(0)
    for d in law.support where d < classes && d > own {
      let log = q.scaled(by: Integer(d - own), precision: precision)
        .logarithmOfOnePlus(precision: precision)
      sum = sum.adding(
        log.multiplied(by: try law.pmf(d).enclosure(precision: precision), precision: precision),
        precision: precision)
    }
    return sum
  }

  private func series(
    _ classes: Int, _ draws: Int, own: Int, _ exponent: Rational, precision: Int
  ) throws -> (MissedClassSeries, Enclosure) {
    let series = MissedClassSeries(
      classes: classes, draws: draws, own: own, exponent: exponent, precision: precision)
    let missed = try CoverageProbability(
      law: .uniform(classCount: classes), sampling: .withReplacement, drawCount: draws
    ).complement.enclosure(precision: precision)
    return (series, series.enclosure(missed: missed))
  }

  @Test func `the series holds the sum over the law of distinct labels`() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(150) {
      let state = random.state
      let classes = Int.random(in: 3...40, using: &random)
      let most = [5, 60, 400].randomElement(using: &random) ?? 5
      let draws = Int.random(in: 1...most, using: &random)
      let own = Int.random(in: 0...1, using: &random)
      let exponent = -Rational(Int.random(in: 1...400, using: &random), 20)
      let precision = Int.random(in: 20...150, using: &random)
      let exact = try direct(classes, draws, own: own, exponent, precision: 400)
      let (_, found) = try series(classes, draws, own: own, exponent, precision: precision)
      #expect(
        found.lower <= exact.lower && exact.upper <= found.upper,
        "C = \(classes), n = \(draws), a = \(own), ln q = \(exponent), TEST_SEED=\(state)")
    }
  }

  @Test func `what is left out is bounded, and little`() throws {
    for (classes, draws, exponent) in [
      (1000, 257, Rational(-10)), (1000, 1025, Rational(-10)), (1000, 65_537, Rational(-10)),
      (100, 300, Rational(-2)), (100, 101, Rational(-1, 100)),
    ] {
      let (series, found) = try series(classes, draws, own: 1, exponent, precision: 100)
      #expect(series.termCount < 90, "C = \(classes), n = \(draws)")
      #expect(found.isWithin(relativePrecision: 80), "C = \(classes), n = \(draws)")
      let exact = try direct(classes, draws, own: 1, exponent, precision: 120)
      #expect(
        found.lower <= exact.lower && exact.upper <= found.upper, "C = \(classes), n = \(draws)")
    }
  }
}
