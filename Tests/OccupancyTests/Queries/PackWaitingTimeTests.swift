// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct PackWaitingTimeTests {
  @Test("Moments of small cases against the chain of all sets of classes")
  func enumerated() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(200) {
      let packs = Packs(&random)
      let time = try PackWaitingTime(
        classCount: packs.classCount, packSize: packs.packSize,
        requiredCount: packs.requiredCount)
      let exact = packs.moments
      #expect(time.mean.exact == exact.mean, "seed \(RandomTests.seed), \(packs)")
      #expect(
        time.variance.exact == exact.rising - exact.mean - exact.mean * exact.mean, "\(packs)")
      // The recurrence serves every size, and its enclosures hold the fractions.
      let recurrence = PackMomentRecurrence(
        classCount: packs.classCount, packSize: packs.packSize,
        requiredCount: packs.requiredCount)
      let moments = recurrence.moments(bits: 60)
      #expect(moments.mean.contains(exact.mean) && moments.rising.contains(exact.rising))
      #expect(moments.mean.isWithin(relativePrecision: 58))
      #expect(moments.rising.isWithin(relativePrecision: 58))
    }
  }

  @Test(
    "Means of section drawings",
    arguments: [
      (100, 8, "62.97491400517992973670182"), (229, 4, "342.3629078106677125715122"),
      (681, 5, "964.7811464223082019974371"), (980, 7, "1042.363769351486638040574"),
    ])
  func means(classCount: Int, packSize: Int, digits: String) throws {
    let time = try PackWaitingTime(classCount: classCount, packSize: packSize)
    #expect(try time.mean.decimal(significantDigits: 25) == digits)
  }

  @Test("Beyond the size of fractions the recurrence agrees with the alternating sum")
  func alternating() throws {
    for (c, k, r) in [(60, 4, 60), (60, 59, 60), (90, 7, 30), (41, 20, 33)] {
      let time = try PackWaitingTime(classCount: c, packSize: k, requiredCount: r)
      #expect(time.mean.exact == nil)
      var (mean, rising): (Rational, Rational) = (0, 0)
      for j in 1...r {
        let q = Rational(Integer.binomial(c - j, k), Integer.binomial(c, k))
        let sign: Rational = j % 2 == 1 ? 1 : -1
        mean += sign * Rational(Integer.binomial(r, j)) / (1 - q)
        rising += 2 * sign * Rational(Integer.binomial(r, j)) / ((1 - q) * (1 - q))
      }
      let variance = rising - mean - mean * mean
      for precision in [20, 150] {
        let first = try time.mean.enclosure(precision: precision)
        let second = try time.variance.enclosure(precision: precision)
        #expect(first.contains(mean) && second.contains(variance))
        #expect(first.isWithin(relativePrecision: precision))
        #expect(second.isWithin(relativePrecision: precision))
        let root = try time.standardDeviation.enclosure(precision: precision)
        #expect(root.multiplied(by: root, precision: 400).contains(variance))
      }
      #expect(try time.mean.isExactly(mean) && time.variance.isExactly(variance))
    }
  }

  @Test("Quantiles of an album, and of small cases against all outcomes")
  func quantiles() throws {
    let album = try PackWaitingTime(classCount: 670, packSize: 5)
    #expect(
      try [Rational(1, 2), Rational(9, 10), Rational(99, 100)].map { try album.quantile($0) }
        == [919, 1170, 1483])
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(100) {
      let packs = Packs(&random)
      let time = try PackWaitingTime(
        classCount: packs.classCount, packSize: packs.packSize,
        requiredCount: packs.requiredCount)
      // Also exactly at a value of the distribution function.
      let b = Int.random(in: 1...5, using: &random)
      let v = packs.coverage(packCount: b)
      for p in [Rational(1, 3), Rational(9, 10), v] where p > 0 && p < 1 {
        let n = try time.quantile(p)
        #expect(packs.coverage(packCount: n) >= p, "seed \(RandomTests.seed), \(packs)")
        #expect(n == 1 || packs.coverage(packCount: n - 1) < p, "\(packs), p = \(p)")
      }
      #expect(try time.cdf(b).isExactly(v) && time.ccdf(b).isExactly(1 - v))
    }
    #expect(try album.cdf(0).exact == 0 && album.ccdf(0).exact == 1)
  }

  @Test("Packs of one class are single draws, and a pack of all is one")
  func ends() throws {
    let time = try PackWaitingTime(classCount: 50, packSize: 1)
    let draws = try WaitingTime(
      law: LabelLaw(.uniform(classCount: 50)), sampling: .withReplacement)
    #expect(
      try time.mean.decimal(significantDigits: 40) == draws.mean.decimal(significantDigits: 40))
    #expect(
      try time.variance.decimal(significantDigits: 40)
        == draws.variance.decimal(significantDigits: 40))
    #expect(try time.quantile(Rational(1, 2)) == draws.quantile(Rational(1, 2)))
    let all = try PackWaitingTime(classCount: 1000, packSize: 1000)
    #expect(all.mean.exact == 1 && all.variance.exact == 0 && all.standardDeviation.exact == 0)
    #expect(try all.quantile(1) == 1)
  }

  @Test("What cannot be, or takes too long, is refused")
  func refused() throws {
    #expect(throws: DomainError.self) { try PackWaitingTime(classCount: 3, packSize: 4) }
    let time = try PackWaitingTime(classCount: 3, packSize: 2)
    for p: Rational in [0, 1, 2] {
      #expect(throws: DomainError.self) { try time.quantile(p) }
    }
    let large = try PackWaitingTime(classCount: 1_000_000_000, packSize: 2)
    #expect(throws: CapacityError.self) { try large.mean.enclosure(precision: 20) }
  }
}
