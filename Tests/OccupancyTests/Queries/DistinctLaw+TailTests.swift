// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct DistinctLawTailTests {
  @Test("Upper tails and quantiles of small cases against all outcomes")
  func enumerated() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let small = SmallCase(&random)
      let pmf = MissedPairsTests.law(small)
      let law = try DistinctLaw(
        law: LabelLaw(small.distribution), sampling: small.sampling, drawCount: small.drawCount)
      for d in 0...small.weights.count {
        let above = pmf[(d + 1)...].reduce(0, +)
        let tail = try law.ccdf(d)
        let note = "seed \(RandomTests.seed), \(small), d = \(d)"
        #expect(try tail.enclosure(precision: 60).contains(above), "\(note)")
        #expect(try tail.enclosure(precision: 60).isWithin(relativePrecision: 60), "\(note)")
        #expect(try tail.isExactly(above), "\(note)")
        // Exactly at a value of the distribution function, and a little above it.
        let p = 1 - above
        guard p > 0 else { continue }
        func first(_ p: Rational) -> Int? { pmf.indices.first { pmf[...$0].reduce(0, +) >= p } }
        #expect(try law.quantile(p) == first(p), "\(note)")
        let more = p + Rational(1, 1_000_000_000_000)
        guard more < 1 else { continue }
        #expect(try law.quantile(more) == first(more), "\(note)")
      }
      #expect(throws: DomainError.self) { try law.quantile(0) }
    }
  }

  @Test("A long law: tails add up to one, and the median is next to the mean")
  func long() throws {
    let law = try DistinctLaw(
      law: LabelLaw(.uniform(classCount: 2000)), sampling: .withReplacement, drawCount: 2000)
    let median = try law.quantile(Rational(1, 2))
    let mean = try law.mean.enclosure(precision: 40).lower.double()
    #expect(abs(Double(median) - mean) < 2)
    for d in [median, median + 60, 1900] {
      let sum = try law.ccdf(d).enclosure(precision: 50)
        .adding(law.cdf(d).enclosure(precision: 50), precision: 80)
      #expect(sum.contains(1))
      #expect(try law.ccdf(d).enclosure(precision: 50).isWithin(relativePrecision: 50))
    }
  }
}
