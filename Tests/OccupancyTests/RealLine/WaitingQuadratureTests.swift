// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct WaitingQuadratureTests {
  @Test(arguments: 0..<10)
  func `moments of random laws hold the exact ones and are as narrow as asked`(
    part: Int
  ) throws {
    try WaitingCase.forEach(32, salt: UInt64(part)) { example, generator in
      let bits = [8, 24, 64, 150].randomElement(using: &generator) ?? 8
      let (mean, square) = example.moments
      let moments = try WaitingQuadrature(
        requirement: example.law.requirement(), sampling: example.sampling
      ).moments(bits: bits)
      #expect(moments.mean.contains(mean), "\(example) at \(bits) bits")
      #expect(moments.rising.contains(square + mean), "\(example) at \(bits) bits")
      #expect(moments.mean.isWithin(relativePrecision: bits), "\(example) at \(bits) bits")
      #expect(moments.rising.isWithin(relativePrecision: bits), "\(example) at \(bits) bits")
    }
  }

  /// Few bits make the true error of the rule large enough to be seen; its sign changes with the
  /// step.
  @Test(arguments: [1, 2, 3, 10, 100, 3000])
  func `the bound of the rule's own error holds and is not absurdly large`(
    classCount: Int
  ) throws {
    var harmonic = 0.0
    for k in (1...classCount).reversed() { harmonic += 1 / Double(k) }
    var tightest = Double.infinity
    for nats in [2.0, 4, 6, 8, 10] {
      // The rule in Double arithmetic, over nodes that leave nothing out.
      let strip = WaitingStrip(
        try LabelLaw.uniform(classCount: classCount).requirement(), nats: nats)
      let h = strip.step
      var sum = 0.0
      for k in Int(-30 / h)...Int(4.5 / h) {
        let t = exp(Double(k) * h)
        sum += h * t * -expm1(Double(classCount) * log1p(-exp(-t)))
      }
      // The bound for every class, or that for any goal, which is relative to the integral.
      let bound =
        strip.errors.first.double
        + strip.relativeError.double * harmonic
      let error = abs(sum - harmonic)
      #expect(error <= bound + 1e-10)
      #expect(bound <= exp(-nats))
      tightest = min(tightest, bound / error)
    }
    #expect(tightest < 1e4)
  }

  /// The bounds of Theorem 9, written out: their logarithms are far more exact in double precision
  /// than a thousandth, by which those of the code exceed them at least somewhere.
  @Test(arguments: [0.0385, 0.1, 0.4, 0.8, 1.2, 1.5, 1.54])
  func `the bounds of the integrals on the edge of the strip are those of the theorem`(
    angle: Double
  ) {
    let k = cos(angle)
    var sup = 0.0
    for i in 1...20_000 {
      let (x, y) = (Double(i) * 1e-3 * k / sin(angle), Double(i) * 1e-3)
      sup = max(sup, exp(-2 * x) - 2 * exp(-x) * cos(y))
    }
    for count in [1.0, 2, 3, 30, 1000] {
      let (l, b) = (log(count), count / 2 * log1p(sup))
      let first = b + log(2 * (l * (exp(-b) + 1) + (exp(1) - 1) * exp(-b)) / k)
      let second =
        b
        + log(
          2 * (l * l * (exp(-b) + 1) + 2 * (exp(1) - 1) * (l + 1) * exp(-b)) / (k * k))
      let found = WaitingStrip.logIntegrals(count, angle)
      #expect(found.first >= first - 1e-12 * abs(first))
      #expect(found.second >= second - 1e-12 * abs(second))
    }
    for exponent in [3.0, 12] {
      let exact = log(2) - exponent * log(k)
      let found = WaitingStrip.logRelative(exponent, angle)
      #expect(found >= exact && found < exact + 1e-3)
    }
    for nats in [2.0, 7, 40] {
      let h = 2 * Double.pi * angle / nats
      let exact = -log(expm1(2 * Double.pi * angle / h))
      let found = WaitingStrip.logAlias(angle, h)
      #expect(found >= exact && found < exact + 4 * exp(-nats) + 1e-6)
    }
  }

  /// At steps so short that what follows a node is nearly a geometric series.
  @Test func `what lies beyond the last node is bounded`() throws {
    let requirement = try LabelLaw.uniform(classCount: 3).requirement()
    let h = 0x1p-15
    let end = try #require(
      WaitingTails(requirement, .withReplacement).end(
        step: h, nats: 700, target: (-700, -1400)))
    // In units of the first term.
    let u = Double(end.node) * h
    var (first, second) = (0.0, 0.0)
    for k in 1...20_000 {
      let later = u + Double(k) * h
      let fall = exp(later) - exp(u)
      first += h * 3 * exp(later - u - fall)
      second += h * 6 * exp(2 * (later - u) - fall)
    }
    let unit = -exp(u)
    #expect(end.first >= unit + u + log(first) && end.first < unit + u + log(first) + 0.1)
    #expect(end.second >= unit + 2 * u + log(second))
    #expect(end.second < unit + 2 * u + log(second) + 0.1)
  }

  @Test(arguments: [0.2, 0.6, 1.0, 1.4, 1.54])
  func `the excess over one bounds a factor on the edge of the strip`(angle: Double) {
    let cotangent = cos(angle) / sin(angle)
    let bound = WaitingStrip.excess(cotangent: cotangent)
    var largest = 0.0
    for i in 1...20_000 {
      let y = Double(i) * 1e-3
      largest = max(largest, exp(-2 * y * cotangent) - 2 * exp(-y * cotangent) * cos(y))
    }
    #expect(largest <= bound)
    #expect(bound < 1.2 * largest + 1e-12)
  }

  @Test func `a class a billion times as frequent as the rarest changes nothing`() throws {
    // T is 1 plus a geometric number, up to the chance of missing the frequent classes.
    let law = LabelLaw(try LabelDistribution(counts: [1, 1_000_000_000]))
    let moments = try WaitingQuadrature(
      requirement: law.requirement(), sampling: .withReplacement
    ).moments(bits: 100)
    let p = Rational(1, 1_000_000_001)
    #expect(moments.mean.contains(1 / p + 1 / (1 - p) - 1))
  }

  @Test func `weights that are not class sizes take exponentials instead of products`() throws {
    // Denominators with a common multiple of 140 bits: no two weights are near each other.
    let primes = [1_000_003, 999_983, 1_000_033, 999_979, 1_000_037, 999_961, 1_000_039]
    var rest: Rational = 1
    var probabilities = primes.map { Rational(1, $0) }
    for p in probabilities { rest += -p }
    probabilities.append(rest)
    let law = try LabelLaw(probabilities: probabilities)
    let exact = try #require(
      try ExactWaitingMoments(law.requirement(), sampling: .withReplacement, termLimit: 300))
    let moments = try WaitingQuadrature(
      requirement: law.requirement(), sampling: .withReplacement
    ).moments(bits: 120)
    #expect(moments.mean.contains(exact.mean))
    #expect(moments.variance(precision: 300).contains(exact.variance))
  }

  @Test func `a million different weights at a thousand digits are refused with an estimate`()
    throws
  {
    let law = LabelLaw(
      try LabelDistribution(groups: (1...100_000).map { .init(size: $0 * 7, classCount: 1) }))
    let quadrature = WaitingQuadrature(
      requirement: try law.requirement(), sampling: .withReplacement)
    #expect(throws: CapacityError.self) { try quadrature.moments(bits: 3400) }
  }

  /// Disabled: the times that many digits take lie beyond 600 times the rarest class's items, where
  /// its point e^s - 1 leaves the range of `Double`.
  @Test(.disabled("the range of times is too short"))
  func `hundreds of digits are served without replacement from a class of one item`() throws {
    let law = try LabelLaw.counts([1, 2, 3])
    let exact = try #require(
      try ExactWaitingMoments(law.requirement(), sampling: .withoutReplacement, termLimit: 300))
    let moments = try WaitingQuadrature(
      requirement: law.requirement(), sampling: .withoutReplacement
    ).moments(bits: 1000)
    #expect(moments.mean.contains(exact.mean))
    #expect(moments.mean.isWithin(relativePrecision: 990))
  }

  /// e^t leaves the range of `Double` long before the last node.
  @Test
  func manyBitsWithoutReplacementFromAClassOfOneItem() throws {
    let requirement = Requirement.everyClassOnce(try LabelLaw.counts([1, 2, 3]))
    let exact = try #require(
      ExactWaitingMoments(requirement, sampling: .withoutReplacement, termLimit: 50_000))
    let moments = try WaitingQuadrature(requirement: requirement, sampling: .withoutReplacement)
      .moments(bits: 1000)
    #expect(moments.mean.contains(exact.mean))
    #expect(moments.mean.isWithin(relativePrecision: 998))
  }

  /// At e^-800 a `Double` is zero, and P still is not: ln P = -1600 + ln 1.5 to within e^-800.
  @Test(arguments: SamplingScheme.allCases)
  func theChanceOfCoverageIsBoundedWhereTheTimeUnderflows(sampling: SamplingScheme) throws {
    let requirement = Requirement.everyClassOnce(try LabelLaw.counts([2, 3]))
    #expect(WaitingTails(requirement, sampling).logReached(-800) >= -1599.6)
  }
}
