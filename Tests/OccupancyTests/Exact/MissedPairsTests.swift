// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct MissedPairsTests {
  /// The law of the number of distinct labels, by enumeration.
  static func law(_ small: SmallCase) -> [Rational] {
    (0...small.weights.count).map { d in
      small.outcomes.probability { counts in counts.count { $0 > 0 } == d }
    }
  }

  @Test("The variance of small cases against all outcomes")
  func enumerated() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let small = SmallCase(&random)
      let pmf = Self.law(small)
      let mean = pmf.enumerated().reduce(Rational(0)) { $0 + $1.element * Rational($1.offset) }
      let square = pmf.enumerated().reduce(Rational(0)) {
        $0 + $1.element * Rational($1.offset * $1.offset)
      }
      let exact = square - mean * mean
      let law = try DistinctLaw(
        law: LabelLaw(small.distribution), sampling: small.sampling, drawCount: small.drawCount)
      let precision = Int.random(in: 10...120, using: &random)
      let variance = try law.variance.enclosure(precision: precision)
      #expect(variance.contains(exact), "seed \(RandomTests.seed), \(small)")
      #expect(variance.isWithin(relativePrecision: precision), "\(small)")
      #expect(try law.variance.isExactly(exact), "\(small)")
      let root = try law.standardDeviation.enclosure(precision: precision)
      #expect(root.multiplied(by: root, precision: 300).contains(exact), "\(small)")
    }
  }

  @Test("Pairs of long weights are listed one by one")
  func longWeights() throws {
    let part = Rational(1, Integer(10).power(40))
    let law = try LabelLaw(probabilities: [part, part, 2 * part, 1 - 4 * part])
    let pairs = MissedPairs(
      requirement: .everyClassOnce(law), sampling: .withReplacement, drawCount: 3)
    let exact = try pairs.exactVariance()
    #expect(try pairs.variance(precision: 80).contains(exact))
    // By definition, from the chances that each of four classes and each of six pairs is missed.
    let p = [part, part, 2 * part, 1 - 4 * part]
    var variance: Rational = 0
    for (i, a) in p.enumerated() {
      let q = (1 - a).power(3)
      variance += q * (1 - q)
      for b in p[..<i] {
        variance += 2 * ((1 - a - b).power(3) - q * (1 - b).power(3))
      }
    }
    #expect(exact == variance)
  }

  @Test("Too many pairs are refused")
  func refused() throws {
    let law = LabelLaw(try LabelDistribution(counts: (1...20_000).map { $0 * $0 }))
    #expect(throws: CapacityError.self) {
      try MissedPairs(requirement: .everyClassOnce(law), sampling: .withReplacement, drawCount: 5)
        .variance(precision: 20)
    }
  }
}
