// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct CollisionLawTests {
  private func collisions(
    _ sizes: [Int: Int], _ sampling: SamplingScheme, _ negativeCount: Int
  ) throws -> CollisionLaw {
    let groups = sizes.map { LabelDistribution.ClassGroup(size: $0.key, classCount: $0.value) }
    return try CollisionLaw(
      law: LabelLaw(LabelDistribution(groups: groups)), sampling: sampling,
      negativeCount: negativeCount)
  }

  private func uniform(_ classCount: Int, _ negativeCount: Int) throws -> CollisionLaw {
    try CollisionLaw(
      law: LabelLaw(.uniform(classCount: classCount)), sampling: .withReplacement,
      negativeCount: negativeCount)
  }

  // MARK: - Published values

  @Test func `CIFAR-10 with 31 negatives collides with probability 0.9618`() throws {
    let law = try uniform(10, 31)
    #expect(try law.probability.decimal(significantDigits: 4) == "0.9618")
    #expect(law.freeProbability.exact == Rational(9, 10).power(31))
    #expect(try law.expectedLog.decimal(significantDigits: 8) == "1.3168869")
    #expect(law.mean.exact == Rational(31, 10))
  }

  // MARK: - Tails

  @Test func `both tails keep their digits however close to 0 or 1 they are`() throws {
    // tau = 10^-6, and a free probability of 0.9^100000 that is too long for a fraction.
    let rare = try uniform(1_000_000, 1)
    #expect(try rare.probability.decimal(significantDigits: 30) == "1e-6")
    #expect(try rare.freeProbability.decimal(significantDigits: 30) == "0.999999")
    let sure = try uniform(10, 100_000)
    #expect(sure.freeProbability.exact == nil)
    let digits = 60
    let free = try sure.freeProbability.enclosure(precision: 200)
    #expect(free.isWithin(relativePrecision: 200))
    #expect(free.contains(Rational(9, 10).power(100_000)))
    let one = try sure.probability.decimal(significantDigits: digits)
    #expect(one == "1." + String(repeating: "0", count: digits - 1))
  }

  @Test func `long laws agree with their fractions at 500 bits`() throws {
    for sampling in SamplingScheme.allCases {
      let law = try collisions([200: 5, 350: 2], sampling, 900)
      let mixture = CollisionMixture(law.law, sampling, negativeCount: 900)
      for m in [0, 1, 50, 105, 106, 107, 160, 199, 200, 349, 350] {
        let exact = try #require(mixture.exactValue(of: 0...m, limit: .infinity))
        let mass = try #require(mixture.exactValue(of: m...m, limit: .infinity))
        let below = try law.cdf(m).enclosure(precision: 500)
        let above = try law.ccdf(m).enclosure(precision: 500)
        #expect(below.contains(exact), "\(sampling), m = \(m)")
        #expect(above.contains(1 - exact), "\(sampling), m = \(m)")
        #expect(try law.pmf(m).enclosure(precision: 500).contains(mass), "\(sampling), m = \(m)")
        #expect(below.isWithin(relativePrecision: 500) && above.isWithin(relativePrecision: 500))
      }
    }
  }

  @Test func `probabilities with denominators beyond a machine word are served`() throws {
    let unit = Rational(1, 3) / Rational(Integer(10).power(30))
    let law = try LabelLaw(probabilities: [unit, Rational(1, 7), Rational(6, 7) - unit])
    let collisions = try CollisionLaw(
      law: law, sampling: .withReplacement, negativeCount: 3000)
    let mixture = CollisionMixture(law, .withReplacement, negativeCount: 3000)
    let free = try #require(mixture.exactValue(of: 0...0, limit: .infinity))
    #expect(collisions.freeProbability.exact == nil)
    #expect(try collisions.freeProbability.enclosure(precision: 300).contains(free))
    #expect(try collisions.probability.enclosure(precision: 300).contains(1 - free))
    let log = try collisions.expectedLog.enclosure(precision: 100)
    #expect(log.isWithin(relativePrecision: 100))
    #expect(try log.contains(collisions.expectedLog.enclosure(precision: 300)))
  }

  // MARK: - Certain cases

  @Test func `no negatives never collide`() throws {
    for sampling in SamplingScheme.allCases {
      let law = try collisions([3: 4], sampling, 0)
      #expect(law.probability.exact == 0)
      #expect(law.freeProbability.exact == 1)
      #expect(law.mean.exact == 0)
      #expect(law.expectedLog.exact == 0)
      #expect(law.expectedLogGivenCollision == nil)
    }
  }

  @Test func `a class of one item never collides without replacement`() throws {
    let law = try collisions([1: 7], .withoutReplacement, 6)
    #expect(law.probability.exact == 0)
    #expect(law.freeProbability.exact == 1)
    #expect(law.mean.exact == 0)
    #expect(law.expectedLogGivenCollision == nil)
    let single = try collisions([1: 1], .withoutReplacement, 0)
    #expect(single.mean.exact == 0)
  }

  @Test func `a draw of more than all other classes collides surely`() throws {
    let law = try collisions([300: 2], .withoutReplacement, 500)
    #expect(law.probability.exact == 1)
    #expect(law.freeProbability.exact == 0)
    let given = try #require(law.expectedLogGivenCollision)
    #expect(
      try given.decimal(significantDigits: 30) == law.expectedLog.decimal(significantDigits: 30))
  }

  @Test func `the only class collides with every negative`() throws {
    let law = try uniform(1, 1_000_000_000)
    #expect(law.probability.exact == 1)
    #expect(law.pmf(1_000_000_000).exact == 1)
    #expect(law.pmf(999_999_999).exact == 0)
    #expect(try law.expectedLog.decimal(significantDigits: 20) == "20.723265837946411156")
  }

  @Test func `outside the support the probabilities are 0 and 1`() throws {
    let law = try collisions([4: 3], .withoutReplacement, 6)
    #expect(law.pmf(-1).exact == 0 && law.pmf(4).exact == 0)
    #expect(law.cdf(-1).exact == 0 && law.ccdf(-1).exact == 1)
    #expect(law.cdf(3).exact == 1 && law.ccdf(3).exact == 0)
  }

  // MARK: - Domain

  @Test func `a number of negatives out of range is refused by name`() throws {
    let negative = #expect(throws: DomainError.self) { try uniform(10, -1) }
    #expect(negative?.description == "negativeCount must be at least 0, but is -1")
    let tooMany = #expect(throws: DomainError.self) {
      try collisions([2: 3], .withoutReplacement, 6)
    }
    #expect(
      tooMany?.description
        == "negativeCount must be less than 6, the number of items, without replacement, but is 6")
    #expect(throws: DomainError.self) { try uniform(10, 1_000_000_000_000_000) }
    let infinite = try LabelLaw(.uniform(classCount: 3))
    #expect(throws: DomainError.self) {
      try CollisionLaw(law: infinite, sampling: .withoutReplacement, negativeCount: 1)
    }
  }

  @Test func `more unequal classes and digits than can be summed are refused with an estimate`()
    throws
  {
    let law = LabelLaw(try LabelDistribution(counts: Array(1...5000)))
    let collisions = try CollisionLaw(
      law: law, sampling: .withReplacement, negativeCount: 1_000_000)
    let error = #expect(throws: CapacityError.self) {
      try collisions.expectedLog.enclosure(precision: 20_000)
    }
    #expect(error?.request.contains("5000 different class sizes") == true)
  }
}
