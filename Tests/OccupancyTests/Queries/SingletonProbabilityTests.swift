// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

@Suite struct SingletonProbabilityTests {
  @Test("A thousand small cases against all outcomes")
  func enumerated() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(1000) {
      let small = SmallCase(&random)
      let exact = small.outcomes.probability { $0.contains(1) }
      let singleton = try SingletonProbability(
        law: LabelLaw(small.distribution), sampling: small.sampling, drawCount: small.drawCount)
      let precision = Int.random(in: 10...120, using: &random)
      let tails = try singleton.tails(precision: precision)
      #expect(tails.probability.contains(exact), "seed \(RandomTests.seed), \(small)")
      #expect(tails.complement.contains(1 - exact), "seed \(RandomTests.seed), \(small)")
      #expect(tails.isWithin(relativePrecision: precision), "\(small)")
      let value = try singleton.value.enclosure(precision: precision)
      #expect(value.contains(exact) && value.isWithin(relativePrecision: precision), "\(small)")
      #expect(try singleton.exactValue() == exact, "\(small)")
      #expect(try singleton.value.isExactly(exact) && singleton.complement.isExactly(1 - exact))
    }
  }

  /// For equal classes with replacement: sum_j (-1)^j binom(C, j) n!/(n-j)! (C-j)^(n-j)/C^n (Feller
  /// I, IV.3).
  private static func uniform(_ c: Int, _ n: Int) -> Rational {
    let free = (0...min(c, n)).reduce(Integer(0)) { sum, j in
      let ways =
        Integer.binomial(c, j) * Integer.binomial(n, j) * Integer.factorial(j)
        * Integer(c - j).power(n - j)
      return j % 2 == 0 ? sum + ways : sum - ways
    }
    return 1 - Rational(free, Integer(c).power(n))
  }

  @Test(
    "Equal classes against inclusion-exclusion, where singletons are certain, likely and rare",
    arguments: [(20, 3), (20, 30), (20, 100), (20, 400), (20, 3000), (150, 60), (150, 1500)])
  func uniformClasses(classCount: Int, drawCount: Int) throws {
    let singleton = try SingletonProbability(
      law: LabelLaw(.uniform(classCount: classCount)), sampling: .withReplacement,
      drawCount: drawCount)
    let exact = Self.uniform(classCount, drawCount)
    for precision in [12, 60, 200] {
      let tails = try singleton.tails(precision: precision)
      #expect(tails.probability.contains(exact) && tails.complement.contains(1 - exact))
      #expect(tails.isWithin(relativePrecision: precision))
      #expect(try singleton.value.enclosure(precision: precision).contains(exact))
    }
  }

  @Test("Batches from large sets", arguments: SamplingScheme.allCases)
  func large(sampling: SamplingScheme) throws {
    let law = LabelLaw(
      try LabelDistribution(groups: [
        .init(size: 3, classCount: 60_000), .init(size: 2, classCount: 10_000),
      ]))
    let singleton = try SingletonProbability(law: law, sampling: sampling, drawCount: 150_000)
    #expect(try singleton.value.decimal(significantDigits: 17) == "1.0000000000000000")
    let free = try singleton.complement.enclosure(precision: 60)
    #expect(free.isPositive && free.isWithin(relativePrecision: 60))
  }

  @Test("A class without a second item is drawn once or never")
  func certain() throws {
    let law = LabelLaw(try LabelDistribution(counts: [1, 2, 2]))
    for (n, expected) in [
      (1, Rational(1)), (2, Rational(8, 10)), (3, 1), (4, Rational(4, 5)), (5, 1),
    ] {
      let value = try SingletonProbability(law: law, sampling: .withoutReplacement, drawCount: n)
      #expect(try value.value.isExactly(expected), "n = \(n)")
    }
  }
}
