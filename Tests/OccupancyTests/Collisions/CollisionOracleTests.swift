// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

/// Random laws small enough to enumerate all draws, and what enumeration says.
struct CollisionCase: CustomStringConvertible {
  let sizes: [Int]
  let sampling: SamplingScheme
  let negativeCount: Int

  var description: String { "\(sizes), K = \(negativeCount), \(sampling)" }

  var law: LabelLaw { get throws { LabelLaw(try LabelDistribution(counts: sizes)) } }

  var collisions: CollisionLaw {
    get throws {
      try CollisionLaw(law: law, sampling: sampling, negativeCount: negativeCount)
    }
  }

  var mixture: CollisionMixture {
    get throws { CollisionMixture(try law, sampling, negativeCount: negativeCount) }
  }

  /// P(Col = m) for m in 0...K from the definition: every sequence of an anchor and K negatives.
  var pmf: [Rational] {
    var ways = [Int](repeating: 0, count: negativeCount + 1)
    var left = sizes
    /// Draws the rest of a sequence that `weight` sequences of items share.
    func draw(_ remaining: Int, _ weight: Int, _ anchor: Int, _ collisions: Int) {
      if remaining == 0 {
        ways[collisions] += weight
        return
      }
      for label in sizes.indices where left[label] > 0 {
        let count = left[label]
        if sampling == .withoutReplacement { left[label] -= 1 }
        draw(remaining - 1, weight * count, anchor, collisions + (label == anchor ? 1 : 0))
        left[label] = count
      }
    }
    for anchor in sizes.indices {
      let count = left[anchor]
      if sampling == .withoutReplacement { left[anchor] -= 1 }
      draw(negativeCount, count, anchor, 0)
      left[anchor] = count
    }
    let all = ways.reduce(0, +)
    return ways.map { Rational($0, all) }
  }

  /// A law with at most a thousand or so sequences of draws.
  static func random(using generator: inout SplitMix64) -> CollisionCase {
    let classCount = Int.random(in: 1...5, using: &generator)
    let largest = [1, 2, 4, 9].randomElement(using: &generator) ?? 1
    let sizes = (0..<classCount).map { _ in Int.random(in: 1...largest, using: &generator) }
    let sampling = SamplingScheme.allCases.randomElement(using: &generator) ?? .withReplacement
    let longest = [12, 8, 5, 4, 3][classCount - 1]
    let limit =
      sampling == .withReplacement ? longest : min(longest, sizes.reduce(0, +) - 1)
    return CollisionCase(
      sizes: sizes, sampling: sampling, negativeCount: Int.random(in: 0...limit, using: &generator))
  }

  /// Runs `body` on `count` random cases; the seed is printed with a failure.
  static func forEach(
    _ count: Int, _ body: (CollisionCase, inout SplitMix64) throws -> Void
  ) throws {
    var generator = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(count) {
      let state = generator.state
      let item = random(using: &generator)
      do {
        try body(item, &generator)
      } catch {
        Issue.record("\(item), TEST_SEED=\(state): \(error)")
      }
    }
  }
}

extension Enclosure {
  /// Whether another interval lies within this one.
  func contains(_ other: Enclosure) -> Bool { lower <= other.lower && other.upper <= upper }

  /// sum of p(m) ln(1+m) at 400 bits.
  static func expectedLog(_ pmf: [Rational]) -> Enclosure {
    var sum = Enclosure(0)
    for (m, p) in pmf.enumerated() where m > 0 {
      let log = Enclosure(m + 1).naturalLogarithm(precision: 400)
      sum = sum.adding(log.scaled(by: p, precision: 400), precision: 400)
    }
    return sum
  }
}

@Suite struct CollisionOracleTests {
  @Test func `every value of 700 small laws is what enumerating all draws gives`() throws {
    try CollisionCase.forEach(700) { item, _ in
      let (law, pmf) = (try item.collisions, item.pmf)
      var below: Rational = 0
      for (m, p) in pmf.enumerated() {
        below += p
        #expect(law.pmf(m).exact == p, "\(item), m = \(m)")
        #expect(law.cdf(m).exact == below, "\(item), m = \(m)")
        #expect(law.ccdf(m).exact == 1 - below, "\(item), m = \(m)")
      }
      #expect(below == 1)
      #expect(law.probability.exact == 1 - pmf[0], "\(item)")
      #expect(law.freeProbability.exact == pmf[0], "\(item)")
      let mean = pmf.enumerated().reduce(Rational(0)) { $0 + Rational($1.offset) * $1.element }
      #expect(law.mean.exact == mean, "\(item)")
    }
  }

  @Test func `the enclosures of both tails hold the enumerated fractions`() throws {
    try CollisionCase.forEach(500) { item, generator in
      let (mixture, pmf) = (try item.mixture, item.pmf)
      let precision = Int.random(in: 20...200, using: &generator)
      var below: Rational = 0
      for (m, p) in pmf.enumerated() {
        below += p
        #expect(mixture.pmf(m, precision: precision).contains(p), "\(item), m = \(m)")
        let tails = mixture.tails(m, precision: precision)
        #expect(tails.probability.contains(below), "\(item), m = \(m), \(precision) bits")
        #expect(tails.complement.contains(1 - below), "\(item), m = \(m), \(precision) bits")
        #expect(tails.probability.isExact || tails.probability.width < Real(0.001))
      }
    }
  }

  @Test func `the expected logarithm holds the sum over enumerated draws`() throws {
    try CollisionCase.forEach(500) { item, generator in
      let (law, pmf) = (try item.collisions, item.pmf)
      let precision = Int.random(in: 10...150, using: &generator)
      let expected = Enclosure.expectedLog(pmf)
      if pmf[0] == 1 {
        #expect(law.expectedLog.exact == 0, "\(item)")
        #expect(law.expectedLogGivenCollision == nil, "\(item)")
        return
      }
      let log = try law.expectedLog.enclosure(precision: precision)
      #expect(log.contains(expected), "\(item), \(precision) bits")
      #expect(log.isWithin(relativePrecision: precision), "\(item), \(precision) bits")
      let given = try #require(law.expectedLogGivenCollision).enclosure(precision: precision)
      let quotient = expected.scaled(by: 1 / (1 - pmf[0]), precision: 400)
      #expect(given.contains(quotient), "\(item), \(precision) bits")
      #expect(given.isWithin(relativePrecision: precision), "\(item), \(precision) bits")
    }
  }
}
