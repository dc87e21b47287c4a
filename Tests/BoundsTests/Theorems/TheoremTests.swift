// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The theorems one by one, against their formulas in double precision, and where they say nothing.
@Suite struct TheoremTests {
  private let two = MeasuredQuantity(LinearForm(2), standardError: 0.1)
  private let none = MeasuredQuantity(LinearForm(0), standardError: 0.01)

  private func finite(
    _ counts: [Int], _ k: Int, _ sampling: SamplingScheme = .withoutReplacement
  ) throws -> ContrastiveSetting {
    try ContrastiveSetting(
      classSizes: LabelDistribution(counts: counts), sampling: sampling, negativeCount: k,
      temperature: Rational(1, 2))
  }

  private func value(_ outcome: BoundOutcome) throws -> Double {
    try #require(try double(outcome))
  }

  private func isClose(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-12 * max(1, abs(y)) }

  private func reason(_ outcome: BoundOutcome) -> String {
    if case .inapplicable(let reason) = outcome { return reason }
    return ""
  }

  @Test("CURL and coupon, with standard errors over their divisors")
  func classical() throws {
    let setting = try uniform(3, 2)
    // E ln(1+Col) = 4/9 ln 2 + 1/9 ln 3; cover and no collision: 2/9, which is cover.
    let log = (4 * logarithm(2) + logarithm(3)) / 9
    let curl = CURLBound(setting)
    let upper = try curl.supervisedUpper(excess: two, uncoveredTerm: none)
    #expect(isClose(try value(upper), (2 - log) / (2.0 / 9)))
    #expect(isClose(try #require(upper.value?.standardError), 0.11 / (2.0 / 9)))
    let lower = curl.contrastiveLower(collisionFreeTerm: two, gap: none)
    #expect(isClose(try value(lower), 2 + log))
    let coupon = CouponBound(setting)
    #expect(
      isClose(
        try value(try coupon.supervisedUpper(excess: two, uncoveredTerm: none)),
        (4 - log) / (2.0 / 9)))
    let half = coupon.contrastiveLower(coveredTerm: two, uncoveredTerm: none, gap: none)
    #expect(isClose(try value(half), 1 + log / 2))
    #expect(isClose(try #require(half.value?.standardError), (0.1 + 0.01 + 0.02) / 2))
  }

  @Test("Without enough negatives to cover, divisors are 0 and bounds infinite")
  func infinite() throws {
    let setting = try uniform(4, 2)
    for outcome in [
      try CURLBound(setting).supervisedUpper(excess: two, uncoveredTerm: none),
      try CouponBound(setting).supervisedUpper(excess: two, uncoveredTerm: none),
      try CoverageFreeCouponBound(try uniform(4, 0)).supervisedUpper(excess: two),
      try CoverageFreeCURLBound(try uniform(4, 0)).supervisedUpper(excess: two),
      try AshBound(try uniform(4, 0)).supervisedUpper(excess: two),
      BaoBound(try uniform(4, 0)).supervisedUpper(linearExcess: two),
    ] {
      guard case .infinite = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
  }

  @Test("Coverage-free bounds, with and without replacement")
  func coverageFree() throws {
    let setting = try uniform(5, 6)
    let log = try setting.expectedLog.approximation()
    let presence = 1 - pow(0.8, 6)
    let free = pow(0.8, 6) * (1 - pow(0.75, 6))
    #expect(
      isClose(
        try value(try CoverageFreeCouponBound(setting).supervisedUpper(excess: two)),
        (4 - log) / presence))
    #expect(
      isClose(
        try value(try CoverageFreeCURLBound(setting).supervisedUpper(excess: two)),
        (2 - log) / free))
    // Two classes of three items, two negatives of the five others: the other class is missed when
    // both are among two, 1/10; no collision when both are among three, 3/10, and then it is there.
    let small = try finite([3, 3], 2)
    let other = try small.expectedLog.approximation()
    #expect(
      isClose(
        try value(try CoverageFreeCouponBound(small).supervisedUpper(excess: two)),
        (4 - other) / 0.9))
    #expect(
      isClose(
        try value(try CoverageFreeCURLBound(small).supervisedUpper(excess: two)),
        (2 - other) / 0.3))
    // Unequal classes: the rarest is missed by three independent negatives with (5/6)^3.
    let unequal = try finite([1, 2, 3], 3, .withReplacement)
    let third = try unequal.expectedLog.approximation()
    #expect(
      isClose(
        try value(try CoverageFreeCouponBound(unequal).supervisedUpper(excess: two)),
        (4 - third) / (1 - pow(5.0 / 6, 3))))
  }

  @Test("A presence below 2^-64 keeps its digits")
  func tinyPresence() throws {
    let setting = try uniform(1_000_000, 1)
    // P(Col = 0, class j) = 1/C for one negative.
    #expect(try text(setting.collisionFreePresence, 20) == "1e-6")
    let long = try uniform(100_003, 20_000)
    let presence = try setting.presence.approximation()
    #expect(isClose(presence, 1e-6))
    #expect(try long.collisionFreePresence.enclosure(precision: 100).isPositive)
  }

  @Test("Bao's bounds for unequal classes, and the tightened one against all s")
  func bao() throws {
    let setting = try finite([1, 2, 5], 4, .withReplacement)
    let cosh2 = 2 * log(cosh(2.0))
    let upper = try value(BaoBound(setting).supervisedUpper(linearExcess: two))
    #expect(isClose(upper, 2 + log(5.0 / 8 * 9 / 4) + cosh2))
    let entropy = -[1.0, 2, 5].reduce(0) { $0 + $1 / 8 * log($1 / 8) }
    let lower = try value(BaoBound(setting).supervisedLower(linearExcess: two))
    #expect(isClose(lower, 2 + entropy - log(5.0) - cosh2 - 2.0 / 5))
    for (classes, inverse) in [(2, 0.5), (3, 2.0), (10, 2), (100, 10), (1000, 0.01)] {
      let setting = try ContrastiveSetting(
        classSizes: .uniform(classCount: classes), sampling: .withReplacement, negativeCount: 7,
        temperature: 1 / MeasuredQuantity.decimal(inverse))
      let greatest =
        (0...classes).map { s -> Double in
          let share = Double(s) / Double(classes)
          return log(share * exp(-inverse) + (1 - share) * exp(inverse)) + inverse * (2 * share - 1)
        }.max() ?? 0
      let bound = try value(BaoTightenedBound(setting).supervisedUpper(linearExcess: two))
      #expect(isClose(bound, 2 + log(Double(classes) / 7) + greatest))
      #expect(bound <= (try value(BaoBound(setting).supervisedUpper(linearExcess: two))))
    }
  }

  @Test("The cap knows which class means there are")
  func cap() throws {
    #expect(isClose(try value(TrivialCap(try uniform(7, 3)).supervisedUpper()), log(7.0) + 2))
    #expect(isClose(try value(TrivialCap(try finite([2, 2], 3)).supervisedUpper()), log(2.0) + 4))
  }

  @Test("Theorems say what they do not cover")
  func exclusions() throws {
    let unequal = try finite([1, 2, 3], 3, .withReplacement)
    let equal = try finite([2, 2, 2], 3)
    #expect(
      reason(try CURLBound(unequal).supervisedUpper(excess: two, uncoveredTerm: none))
        .contains("equally likely"))
    #expect(
      reason(try CouponBound(unequal).supervisedUpper(excess: two, uncoveredTerm: none))
        .contains("equally likely"))
    #expect(
      reason(try CoverageFreeCURLBound(unequal).supervisedUpper(excess: two))
        .contains("equally likely"))
    #expect(reason(try AshBound(unequal).supervisedUpper(excess: two)).contains("equally likely"))
    #expect(
      reason(BaoTightenedBound(unequal).supervisedUpper(linearExcess: two))
        .contains("equally likely"))
    #expect(reason(try AshBound(equal).supervisedUpper(excess: two)).contains("independent"))
    #expect(reason(BaoBound(equal).supervisedUpper(linearExcess: two)).contains("independent"))
    let single = try uniform(1, 3)
    #expect(reason(TrivialCap(single).supervisedUpper()).contains("single class"))
    #expect(reason(try PhiBound(single).supervisedUpper(excess: two)).contains("single class"))
    #expect(throws: DomainError.self) { try SimplexFrameOptimum(equal) }
    #expect(throws: DomainError.self) { try SimplexFrameOptimum(single) }
    #expect(throws: DomainError.self) {
      try ContrastiveSetting(
        classSizes: .uniform(classCount: 2), sampling: .withReplacement, negativeCount: 1,
        temperature: 0)
    }
  }

  @Test("Harmonic numbers")
  func harmonic() {
    #expect(AshBound.harmonic(0) == 0)
    #expect(AshBound.harmonic(1) == 1)
    #expect(AshBound.harmonic(4) == Rational(25, 12))
    #expect(AshBound.harmonic(100) == (1...100).reduce(0) { $0 + Rational(1, $1) })
  }

  @Test("The collision term is at most beta + alpha B/t")
  func collisionTerm() throws {
    let bound = CollisionTermBound(try uniform(5, 10))
    let beta = try bound.beta.approximation()
    let outcome = try bound.upper(
      spread: MeasuredQuantity(LinearForm(Rational(1, 4)), standardError: 0.1))
    #expect(isClose(try value(outcome), beta + 2 * 2 * 0.25))
    #expect(isClose(try #require(outcome.value?.standardError), 0.4))
    #expect(isClose(try value(try bound.upper()), beta + 4 * (1 - pow(0.8, 10))))
    let unequal = CollisionTermBound(try finite([1, 2], 2))
    #expect(reason(try unequal.upper(spread: two)).contains("equally likely"))
  }

  @Test("The terms at the frame are the expectations of their definition")
  func frameTerms() throws {
    // Three classes, two negatives: labels of the anchor and both in all 27 ways.
    let optimum = try SimplexFrameOptimum(try uniform(3, 2))
    let q = exp(-3.0)
    var (loss, uncovered, free) = (0.0, 0.0, 0.0)
    for a in 0..<3 {
      for b in 0..<3 {
        let collisions = (a == 0 ? 1 : 0) + (b == 0 ? 1 : 0)
        loss += log(1 + Double(collisions) + Double(2 - collisions) * q) / 9
        let others = Set([a, b].filter { $0 != 0 }).count
        if others < 2 {
          uncovered += log(1 + Double(others) * q) / 9
          if collisions == 0 { free += log(1 + Double(others) * q) / 9 }
        }
      }
    }
    #expect(isClose(try optimum.contrastiveLoss.approximation(), loss))
    #expect(isClose(try optimum.supervisedLoss.approximation(), log(1 + 2 * q)))
    #expect(isClose(try #require(try optimum.uncoveredSubsetTerm()).approximation(), uncovered))
    #expect(
      isClose(try #require(try optimum.collisionFreeUncoveredTerm()).approximation(), free))
  }

  @Test("Too few negatives: what minimising the subset loss does")
  func fewNegatives() throws {
    #expect(FewNegatives(try uniform(5, 4)).consequence == .coverable)
    #expect(FewNegatives(try uniform(5, 3)).consequence == .optimal)
    #expect(FewNegatives(try finite([1, 2, 3], 1)).consequence == .priorFree)
    #expect(FewNegatives(try finite([1, 2, 3, 4], 2)).consequence == .dependsOnSubset)
  }

  @Test("Expected counts given a subset are those of all draws", arguments: SamplingScheme.allCases)
  func expectedCounts(sampling: SamplingScheme) throws {
    // Items 0...8 of classes of 1, 1, 2 and 4; three draws in order.
    let labels = [0, 1, 2, 2, 3, 3, 3, 3]
    let setting = try finite([1, 1, 2, 4], 2, sampling)
    let proposition = FewNegatives(setting)
    for subset in [[0, 1], [2, 3], [0, 3], [1, 2, 3], [3], [0]] {
      var (ways, counts) = (0, [Int](repeating: 0, count: 4))
      for a in 0..<8 {
        for b in 0..<8 {
          for c in 0..<8 {
            if sampling == .withoutReplacement, a == b || b == c || a == c { continue }
            let drawn = [a, b, c].map { labels[$0] }
            guard Set(drawn) == Set(subset) else { continue }
            ways += 1
            for label in drawn { counts[label] += 1 }
          }
        }
      }
      let expected = ways == 0 ? nil : subset.map { Rational(counts[$0], ways) }
      let sizes = subset.map { label in labels.count { $0 == label } }
      #expect(proposition.expectedCounts(ofSubset: sizes) == expected, "\(subset)")
    }
    // One negative: both classes once. Equal classes: equal counts.
    let pair = FewNegatives(try finite([1, 1, 2, 4], 1, sampling))
    #expect(pair.expectedCounts(ofSubset: [2, 4]) == [1, 1])
    let equal = FewNegatives(try finite([3, 3, 3, 3], 2, sampling))
    #expect(equal.expectedCounts(ofSubset: [3, 3]) == [Rational(3, 2), Rational(3, 2)])
  }

  @Test("A measured mean is the decimal that it is printed as, and errors of sums add up")
  func quantities() {
    let a = MeasuredQuantity(Estimate(value: 2.02, standardError: 0.25))
    let b = MeasuredQuantity(Estimate(value: -1e-5, standardError: 0.5))
    #expect(a.value.exact == Rational(202, 100))
    #expect((a - b).value.exact == Rational(2_020_010, 1_000_000))
    #expect((a - b).standardError == 0.75)
    #expect(a.scaled(by: -2).standardError == 0.5)
    let unknown = MeasuredQuantity(Estimate(value: 1, standardError: nil))
    #expect((a + unknown).standardError == nil)
  }
}

/// The natural logarithm, where a variable has its name.
private func logarithm(_ x: Double) -> Double { log(x) }
