// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct WaitingTimeTests {
  private func time(
    _ distribution: LabelDistribution, _ sampling: SamplingScheme = .withReplacement
  ) throws -> WaitingTime {
    try WaitingTime(law: LabelLaw(distribution), sampling: sampling)
  }

  @Test func `one class is seen at the first draw`() throws {
    let time = try time(.balanced(classCount: 1, itemsPerClass: 5), .withoutReplacement)
    #expect(time.mean.exact == 1)
    #expect(time.variance.exact == 0)
    #expect(time.standardDeviation.exact == 0)
  }

  @Test func `items that all differ are all needed`() throws {
    let time = try time(.balanced(classCount: 1000, itemsPerClass: 1), .withoutReplacement)
    #expect(time.mean.exact == 1000)
    #expect(time.standardDeviation.exact == 0)
    #expect(try time.quantile(Rational(1, 1000)) == 1000)
  }

  @Test func `a law without items has no waiting time without replacement`() throws {
    #expect(throws: DomainError.self) {
      try time(.uniform(classCount: 5), .withoutReplacement)
    }
  }

  @Test func `a coin takes three throws, with a deviation of the square root of two`() throws {
    let coin = try time(.uniform(classCount: 2))
    #expect(try coin.mean.decimal(significantDigits: 10) == "3")
    #expect(try coin.variance.decimal(significantDigits: 10) == "2")
    #expect(
      try coin.standardDeviation.decimal(significantDigits: 30) == "1.41421356237309504880168872421"
    )
  }

  @Test func `a rational standard deviation is printed without trailing zeros`() throws {
    // T - 1 is geometric for two classes; the variance is a square for 1/2 +- 1/6: (2/3, 1/3).
    let time = try time(LabelDistribution(counts: [1, 2]))
    let variance = try #require(time.variance.exact)
    #expect(variance == Rational(19, 4))
    #expect(try time.mean.decimal(significantDigits: 9) == "3.5")
    #expect(try !time.standardDeviation.isExactly(Rational(2)))
    #expect(try !time.standardDeviation.isExactly(Rational(-2)))
  }

  @Test(
    arguments: [
      ("binary", "3"), ("ag-news", "8.33"), ("cifar-10", "29.3"), ("cifar-100", "518.7"),
      ("wiki-3029", "26029.3"), ("imagenet-1k", "7708.664954677995500268879302349"),
    ])
  func `the mean of a published law is the one whose ceiling was published`(
    name: String, text: String
  ) throws {
    let law = try #require(BuiltInLaw.named(name)).distribution
    let digits = text.count - (text.contains(".") ? 1 : 0)
    #expect(try time(law).mean.decimal(significantDigits: digits) == text)
  }

  /// Few enough for fractions, and enough to leave the exact path.
  @Test(arguments: [300, 1000, 6000])
  func `equal classes agree with their sums`(classCount: Int) throws {
    let time = try time(.uniform(classCount: classCount))
    #expect((time.mean.exact == nil) == (classCount > 5120))
    var (mean, variance): (Rational, Rational) = (0, 0)
    for i in 1...classCount {
      mean += Rational(classCount, i)
      variance += Rational(classCount * (classCount - i), i * i)
    }
    #expect(try time.mean.enclosure(precision: 120).contains(mean))
    #expect(try time.variance.enclosure(precision: 120).contains(variance))
    let deviation = try time.standardDeviation.enclosure(precision: 120)
    #expect(deviation.lower.rational.power(2) <= variance)
    #expect(deviation.upper.rational.power(2) >= variance)
  }

  @Test func `a variance of a millionth of the squared mean keeps its digits`() throws {
    // T is M, unless the last item belongs to the class of two: then it is M - 1.
    let groups = [
      LabelDistribution.ClassGroup(size: 1, classCount: 1000),
      LabelDistribution.ClassGroup(size: 2, classCount: 1),
    ]
    let time = try time(LabelDistribution(groups: groups), .withoutReplacement)
    let p = Rational(2, 1002)
    #expect(time.mean.exact == nil)
    #expect(try time.mean.enclosure(precision: 90).contains(1002 - p))
    let variance = try time.variance.enclosure(precision: 90)
    #expect(variance.contains(p * (1 - p)))
    #expect(variance.isWithin(relativePrecision: 90))
  }

  @Test func `enclosures are as narrow as asked, and those of two precisions overlap`() throws {
    let law = try #require(BuiltInLaw.named("cifar-100-lt-100")).distribution
    for sampling in SamplingScheme.allCases {
      let time = try time(law, sampling)
      for value in [time.mean, time.variance, time.standardDeviation] {
        let (wide, narrow) = try (value.enclosure(precision: 20), value.enclosure(precision: 300))
        #expect(wide.isWithin(relativePrecision: 20))
        #expect(narrow.isWithin(relativePrecision: 300))
        #expect(wide.overlaps(narrow))
      }
    }
  }

  @Test func `a large set without replacement takes almost as long as with replacement`() throws {
    let counts = [1, 2, 3].map { $0 * 1_000_000_000_000 }
    let with = try time(LabelDistribution(counts: counts)).mean.enclosure(precision: 60)
    let without = try WaitingQuadrature(
      requirement: LabelLaw.counts(counts).requirement(), sampling: .withoutReplacement
    ).moments(bits: 60).mean
    // E[T] falls by about E[T(T+1)]/2M < 100/6e12.
    #expect(without.upper < with.lower)
    #expect(with.upper.rational - without.lower.rational < Rational(100, 6_000_000_000_000))
  }

  @Test func `a thousand digits are as right as thirty`() throws {
    let mean = try time(.uniform(classCount: 300)).mean
    let long = try mean.decimal(significantDigits: 1000)
    var exact: Rational = 0
    for i in 1...300 { exact += Rational(300, i) }
    #expect(try long == ComputableReal(exact).decimal(significantDigits: 1000))
  }

  /// Below the fewest draws, there, at the last draw that may miss the goal, and beyond all items.
  @Test(arguments: GoalKind.allCases)
  func `distribution functions and their logarithms hold at both ends and between`(
    kind: GoalKind
  ) throws {
    var random = SplitMix64(keys: RandomTests.seed, 3)
    for _ in 0..<RandomTests.count(60) {
      let example = try GoalCase.reachable(kind, &random)
      let time = try example.time
      let items = example.item.weights.reduce(0, +)
      let isFinite = example.item.sampling == .withoutReplacement
      let curve = example.curve(upTo: isFinite ? items : 24)
      for (n, v) in curve.enumerated() {
        try expectTails(time, n, v, "seed \(RandomTests.seed), \(example), n = \(n)")
      }
      let note = "seed \(RandomTests.seed), \(example)"
      for n in [Int.min, -1, 0] { try expectTails(time, n, 0, note) }
      guard isFinite else { continue }
      for n in [items + 1, items + 1000] { try expectTails(time, n, 1, note) }
    }
  }

  private func expectTails(_ time: WaitingTime, _ n: Int, _ v: Rational, _ note: String) throws {
    for (value, log, exact) in [
      (try time.cdf(n), try time.logCDF(n), v), (try time.ccdf(n), try time.logCCDF(n), 1 - v),
    ] {
      let enclosure = try value.enclosure(precision: 40)
      #expect(enclosure.contains(exact), "\(note)")
      #expect(enclosure.isWithin(relativePrecision: 40), "\(note)")
      #expect(try value.isExactly(exact), "\(note)")
      #expect(log.isNegativeInfinity == (exact == 0), "\(note)")
      if exact == 0 { continue }
      let nats = try log.enclosure(precision: 40)
      let expected = Enclosure(exact, precision: 120).naturalLogarithm(precision: 120)
      #expect(nats.overlaps(expected), "\(note)")
      #expect(nats.isWithin(relativePrecision: 40), "\(note)")
      #expect(exact != 1 || nats.isExact, "\(note)")
    }
  }

  @Test func `more draws than can be counted are refused`() throws {
    let time = try time(.uniform(classCount: 3))
    for n in [LabelLaw.drawLimit + 1, .max] {
      #expect(throws: DomainError.self) { try time.cdf(n) }
      #expect(throws: DomainError.self) { try time.ccdf(n) }
      #expect(throws: DomainError.self) { try time.logCDF(n) }
      #expect(throws: DomainError.self) { try time.logCCDF(n) }
    }
  }
}
