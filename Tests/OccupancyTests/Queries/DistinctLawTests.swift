// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Randomness
import TestSupport
import Testing

struct DistinctLawTests {
  /// Also where some draws show no label, so that there may be none.
  @Test(arguments: [false, true])
  func theEnclosuresOfAllMethodsContainTheEnumeratedLaw(hasBlank: Bool) throws {
    var random = SplitMix64(seed: RandomTests.seed &+ 1)
    for _ in 0..<RandomTests.count(400) {
      let item = SmallCase(&random, hasBlank: hasBlank)
      let outcomes = item.outcomes
      func distinct(_ counts: [Int]) -> Int { counts.count { $0 > 0 } }
      let all = (0...item.weights.count).map { d in outcomes.probability { distinct($0) == d } }
      let mean = outcomes.mean(distinct)
      let precision = Int.random(in: 8...120, using: &random)
      for method in OccupancyMethod.allCases {
        let law = try DistinctLaw(
          law: item.law, sampling: item.sampling, drawCount: item.drawCount,
          method: method)
        let note = "seed \(RandomTests.seed), \(item), \(method), \(precision) bits"
        var below: Rational = 0
        for (d, exact) in all.enumerated() {
          below = below + exact
          #expect(law.support.contains(d) == (exact.signum > 0), "\(note), d = \(d)")
          let pmf = try law.pmf(d).enclosure(precision: precision)
          #expect(
            pmf.contains(exact) && pmf.isWithin(relativePrecision: precision), "\(note), d = \(d)")
          let cdf = try law.cdf(d).enclosure(precision: precision)
          #expect(
            cdf.contains(below) && cdf.isWithin(relativePrecision: precision), "\(note), d = \(d)")
        }
        #expect(try law.mean.enclosure(precision: precision).contains(mean), "\(note)")
        #expect(try law.mean.isExactly(mean), "\(note)")
      }
    }
  }

  @Test
  func fourThrowsOfADie() throws {
    let law = try DistinctLaw(
      law: LabelLaw(try .uniform(classCount: 6)), sampling: .withReplacement, drawCount: 4)
    // 6, 210, 720 and 360 of 1296.
    #expect(try law.pmf(1).decimal(significantDigits: 10) == "0.004629629630")
    #expect(try law.pmf(2).decimal(significantDigits: 10) == "0.1620370370")
    #expect(try law.pmf(3).decimal(significantDigits: 10) == "0.5555555556")
    #expect(try law.pmf(4).decimal(significantDigits: 10) == "0.2777777778")
    #expect(try law.cdf(4).decimal(significantDigits: 10) == "1")
    #expect(try law.pmf(5).decimal(significantDigits: 10) == "0")
  }

  @Test("That all draws show one class is enclosed far from the mean, whatever the sizes")
  func oneClass() throws {
    let even = (0..<1000).map { 732 + 7 * $0 % 569 }
    let uneven = [7997, 5827, 5827, 741, 359, 359] + Array(repeating: 16, count: 86)
    for (counts, sampling, n) in [
      (even, SamplingScheme.withReplacement, 8192), (uneven, .withoutReplacement, 1280),
    ] {
      let total = counts.reduce(0, +)
      let ways = Dictionary(counts.map { ($0, 1) }, uniquingKeysWith: +).reduce(0 as Integer) {
        let power =
          sampling == .withReplacement ? Integer($1.key).power(n) : Integer.binomial($1.key, n)
        return $0 + Integer($1.value) * power
      }
      let all =
        sampling == .withReplacement ? Integer(total).power(n) : Integer.binomial(total, n)
      let law = try DistinctLaw(law: .counts(counts), sampling: sampling, drawCount: n)
      let pmf = try law.pmf(1).enclosure(precision: 60)
      #expect(pmf.contains(Rational(ways, all)) && pmf.isWithin(relativePrecision: 60))
    }
  }

  @Test(arguments: SamplingScheme.allCases)
  func theLawOfUnequalClassesSumsToOne(sampling: SamplingScheme) throws {
    let sizes = (1...40).map { 3 + $0 * $0 % 17 }
    let law = try DistinctLaw(
      law: LabelLaw(try LabelDistribution(counts: sizes)), sampling: sampling, drawCount: 60)
    var sum = Enclosure(0)
    for d in law.support {
      sum = sum.adding(try law.pmf(d).enclosure(precision: 80), precision: 100)
    }
    #expect(sum.contains(1))
    #expect(sum.isWithin(relativePrecision: 78))
  }

  @Test
  func theMeanIsThatOfTheLaw() throws {
    let law = try DistinctLaw(
      law: LabelLaw(try LabelDistribution(counts: [1, 2, 3, 4, 5, 5])), sampling: .withReplacement,
      drawCount: 15)
    var sum = Enclosure(0)
    for d in law.support {
      let term = try law.pmf(d).enclosure(precision: 80).multiplied(
        by: Enclosure(d), precision: 100)
      sum = sum.adding(term, precision: 100)
    }
    #expect(sum.overlaps(try law.mean.enclosure(precision: 100)))
  }

  @Test
  func allDistinctDrawsAreABirthdayProblem() throws {
    // 23 people, 365 days: 1 - 0.507297...
    let law = try DistinctLaw(
      law: LabelLaw(try .uniform(classCount: 365)), sampling: .withReplacement, drawCount: 23)
    #expect(try law.pmf(23).decimal(significantDigits: 15) == "0.492702765676015")
  }

  @Test
  func aPowerOfTenAmongLongFractionsPrintsAsOne() throws {
    // P(D = 1) = C^(1-n) = 10^-897: an exact decimal whose exact law would have a million digits.
    let law = try DistinctLaw(
      law: LabelLaw(try .uniform(classCount: 1000)), sampling: .withReplacement, drawCount: 300)
    #expect(try law.pmf(1).decimal(significantDigits: 17) == "1e-897")
    #expect(try law.cdf(1).decimal(significantDigits: 17) == "1e-897")
  }

  @Test
  func aPowerOfTenIsNoReasonToComputeAllOfTheLawToHundredsOfBits() throws {
    // 1000^(1-n), to tell which from its neighbours takes 400 bits: a minute and a half of a
    // recurrence over 1000 states, which was refused.
    let law = try DistinctLaw(
      law: .uniform(classCount: 1000), sampling: .withReplacement, drawCount: 300_000,
      method: .stirling)
    #expect(try law.pmf(1).decimal(significantDigits: 10) == "1e-899997")
    #expect(try law.cdf(1).decimal(significantDigits: 10) == "1e-899997")
    let others = try DistinctLaw(
      law: .uniform(classCount: 1000), sampling: .withReplacement, drawCount: 300_000,
      method: .contour)
    for d in [2, 3, 500, 998, 1000] {
      #expect(
        try law.pmf(d).decimal(significantDigits: 10)
          == others.pmf(d).decimal(significantDigits: 10))
    }
  }

  /// Windows across the number of large classes, where one label more takes a draw of a class that is
  /// far smaller: the law falls there by many digits from one number to the next.
  @Test func lawsOfVeryUnlikeClassesAreServed() throws {
    let counts = Array(repeating: 25, count: 15) + Array(repeating: 1, count: 12) + [2, 2, 2]
    let law = try DistinctLaw(
      law: .counts(counts), sampling: .withReplacement, drawCount: 26_345)
    let sum = try law.support.reduce(Enclosure(0)) {
      $0.adding(try law.pmf($1).enclosure(precision: 60), precision: 80)
    }
    #expect(sum.contains(1))
    let few = try LabelLaw.counts([1, 1, 1, 1, 34, 34, 34])
    for sampling in SamplingScheme.allCases {
      let n = sampling == .withReplacement ? 700 : 100
      let window = try DistinctLaw(law: few, sampling: sampling, drawCount: n, method: .contour)
      let exact = try DistinctLaw(
        law: few, sampling: sampling, drawCount: n, method: .inclusionExclusion)
      for d in window.support {
        let fraction = try exact.pmf(d).fraction()
        let found = try window.pmf(d).enclosure(precision: 60)
        #expect(found.contains(fraction), "d = \(d), \(sampling)")
      }
    }
  }

  @Test
  func aMeanJustBelowAllClassesIsNotAllOfThem() throws {
    let law = try DistinctLaw(
      law: LabelLaw(try .uniform(classCount: 1_000_000)), sampling: .withReplacement,
      drawCount: 1_000_000_000)
    #expect(try law.mean.decimal(significantDigits: 10) == "1000000.000")
  }
}
