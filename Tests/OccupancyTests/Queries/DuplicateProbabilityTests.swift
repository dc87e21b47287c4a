// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct DuplicateProbabilityTests {
  /// A request and what the definition says, for random small laws and both schemes.
  private static func check(_ random: inout SplitMix64) throws {
    let small = SmallCase(&random)
    let exact = small.outcomes.probability { $0.contains { $0 >= 2 } }
    let duplicate = try DuplicateProbability(
      law: LabelLaw(small.distribution), sampling: small.sampling, drawCount: small.drawCount)
    let precision = Int.random(in: 10...120, using: &random)
    let tails = try duplicate.tails(precision: precision)
    #expect(tails.probability.contains(exact), "seed \(RandomTests.seed), \(small)")
    #expect(tails.complement.contains(1 - exact), "seed \(RandomTests.seed), \(small)")
    #expect(tails.isWithin(relativePrecision: precision), "\(small)")
    #expect(try duplicate.exactValue() == exact, "\(small)")
    #expect(try duplicate.value.isExactly(exact) && duplicate.complement.isExactly(1 - exact))
  }

  @Test("A thousand small cases against all outcomes")
  func enumerated() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(1000) { try Self.check(&random) }
  }

  @Test("The birthday problem")
  func birthdays() throws {
    let law = LabelLaw(try .uniform(classCount: 365))
    let duplicate = try DuplicateProbability(law: law, sampling: .withReplacement, drawCount: 23)
    #expect(try duplicate.value.decimal(significantDigits: 15) == "0.507297234323985")
    let p = try duplicate.exactValue()
    #expect(try duplicate.log10.enclosure(precision: 60).upper < Real(0))
    // Neighbours: 22 draws are too few for one half, and the probability itself is reached by 23.
    func quantile(_ p: Rational) throws -> Int {
      try DuplicateProbability.quantile(p, law: law, sampling: .withReplacement)
    }
    #expect(try quantile(Rational(1, 2)) == 23)
    #expect(try quantile(p) == 23)
    #expect(try quantile(p + Rational(1, Integer(10).power(300))) == 24)
    #expect(try quantile(1) == 366)
    #expect(try quantile(Rational(1, Integer(10).power(40))) == 2)
  }

  @Test("A space of 10^17 and more labels")
  func large() throws {
    let law = LabelLaw(try .uniform(classCount: 839_299_365_868_340_224))
    let duplicate = try DuplicateProbability(
      law: law, sampling: .withReplacement, drawCount: 5_000_000)
    #expect(try duplicate.value.decimal(significantDigits: 12) == "0.0000148932608855")
    // The product itself, 1 - i/C for i < n, bounds it: n(n-1)/2C - that^2/2 <= P <= n(n-1)/2C.
    let first = Rational(5_000_000 * 4_999_999 / 2, 839_299_365_868_340_224)
    let p = try duplicate.value.enclosure(precision: 100)
    #expect(p.upper.compare(first) < 0 && p.lower.compare(first - first * first / 2) > 0)
  }

  @Test("Every machine integer is a number of classes")
  func largest() throws {
    let law = LabelLaw(try .uniform(classCount: .max))
    for n in [2, 3, 100_000] {
      let p = try DuplicateProbability(law: law, sampling: .withReplacement, drawCount: n)
        .value.enclosure(precision: 90)
      let first = Rational(Integer(n * (n - 1) / 2), Integer(.max))
      #expect(p.lower.compare(first) <= 0 && p.upper.compare(first - first * first / 2) >= 0)
      #expect(p.isWithin(relativePrecision: 90))
    }
    let n = try DuplicateProbability.quantile(
      Rational(1, 2), law: law, sampling: .withReplacement)
    // sqrt(2 ln 2 2^63)
    #expect((3_575_794_000...3_575_796_000).contains(n))
  }

  /// The same law with all classes in one group, and with one item of one class moved to another
  /// one: the contour integral lies near the falling factorial, and its neighbours bracket it.
  @Test("Unequal classes against a short sum over their two groups")
  func twoGroups() throws {
    for (n, sampling) in [
      (40, SamplingScheme.withReplacement), (40, .withoutReplacement),
      (700, .withReplacement), (700, .withoutReplacement),
    ] {
      let law = LabelLaw(
        try LabelDistribution(groups: [
          .init(size: 3, classCount: 6000), .init(size: 2, classCount: 1000),
        ]))
      let sets = (0...n).reduce(Integer(0)) {
        $0 + Integer.binomial(6000, $1) * Integer(3).power($1)
          * Integer.binomial(1000, n - $1) * Integer(2).power(n - $1)
      }
      let distinct =
        sampling == .withReplacement
        ? Rational(sets * Integer.factorial(n), Integer(20_000).power(n))
        : Rational(sets, Integer.binomial(20_000, n))
      let tails = try DuplicateProbability(law: law, sampling: sampling, drawCount: n)
        .tails(precision: 80)
      #expect(tails.complement.contains(distinct) && tails.probability.contains(1 - distinct))
      #expect(tails.isWithin(relativePrecision: 80))
    }
  }

  @Test("A quantile is the first to reach its probability", arguments: SamplingScheme.allCases)
  func quantiles(sampling: SamplingScheme) throws {
    let weights = [1, 1, 2, 3, 5, 8, 13]
    let law = LabelLaw(try LabelDistribution(counts: weights))
    for p in [Rational(1, 1000), Rational(1, 3), Rational(1, 2), Rational(9, 10), 1] {
      let n = try DuplicateProbability.quantile(p, law: law, sampling: sampling)
      func exact(_ n: Int) throws -> Rational {
        try DuplicateProbability(law: law, sampling: sampling, drawCount: n).exactValue()
      }
      #expect(try exact(n) >= p)
      #expect(try n == 1 || exact(n - 1) < p)
    }
  }

  @Test("What cannot be is refused")
  func refused() throws {
    let singles = LabelLaw(try LabelDistribution(counts: [1, 1, 1]))
    #expect(throws: DomainError.self) {
      try DuplicateProbability.quantile(
        Rational(1, 2), law: singles, sampling: .withoutReplacement)
    }
    #expect(
      try DuplicateProbability(law: singles, sampling: .withoutReplacement, drawCount: 3)
        .value.exact == 0)
    for p: Rational in [0, 2] {
      #expect(throws: DomainError.self) {
        try DuplicateProbability.quantile(p, law: singles, sampling: .withReplacement)
      }
    }
    #expect(throws: DomainError.self) {
      try DuplicateProbability(law: singles, sampling: .withReplacement, drawCount: 0)
    }
    #expect(throws: DomainError.self) {
      try DuplicateProbability(law: singles, sampling: .withoutReplacement, drawCount: 4)
    }
  }
}
