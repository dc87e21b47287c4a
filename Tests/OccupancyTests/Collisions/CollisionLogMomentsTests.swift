// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct CollisionLogMomentsTests {
  /// p(0), ..., p(K) of one class.
  private func pmf(_ law: CollisionConditional) -> [Rational] {
    let k = law.negativeCount
    return (0...k).map { m in
      switch law.kind {
      case .binomial(let weight, let rest):
        Rational(
          Integer.binomial(k, m) * weight.power(m) * rest.power(k - m), (weight + rest).power(k))
      case .hypergeometric(let n, let s):
        Rational(
          Integer.binomial(s, m) * Integer.binomial(n - s, k - m), Integer.binomial(n, k))
      }
    }
  }

  private static let laws: [CollisionConditional] = [
    CollisionConditional(weight: 1, total: 10, negativeCount: 31),
    CollisionConditional(weight: 9, total: 10, negativeCount: 7),
    CollisionConditional(weight: 2, total: 3, negativeCount: 40),
    CollisionConditional(weight: 1, total: 1000, negativeCount: 12),
    CollisionConditional(classSize: 10, itemCount: 100, negativeCount: 31),
    CollisionConditional(classSize: 60, itemCount: 64, negativeCount: 40),
    CollisionConditional(classSize: 25, itemCount: 50, negativeCount: 49),
  ]

  @Test(arguments: laws.indices)
  func `central moments hold those of the law itself`(index: Int) throws {
    let law = Self.laws[index]
    let pmf = pmf(law)
    let mean = pmf.enumerated().reduce(Rational(0)) { $0 + Rational($1.offset) * $1.element }
    #expect(mean == law.mean)
    let moments = CollisionLogMoments(law: law, precision: 150).centralMoments(upTo: 12)
    #expect(moments.count == 13)
    for (order, moment) in moments.enumerated() {
      let exact = pmf.enumerated().reduce(Rational(0)) {
        $0 + (Rational($1.offset) - mean).power(order) * $1.element
      }
      #expect(moment.contains(exact), "moment \(order)")
      #expect(moment.width < Real(1e-20), "moment \(order)")
    }
  }

  @Test(arguments: laws.indices, [2, 4, 6, 12])
  func `whatever the number of moments the remainder covers the expected logarithm`(
    index: Int, count: Int
  ) {
    let law = Self.laws[index]
    let value = CollisionLogMoments(law: law, precision: 150).enclosure(momentCount: count)
    #expect(value.contains(Enclosure.expectedLog(pmf(law))))
  }

  @Test(arguments: [
    CollisionConditional(weight: 1, total: 10, negativeCount: 20_000),
    CollisionConditional(weight: 3, total: 5, negativeCount: 3000),
    CollisionConditional(classSize: 4000, itemCount: 40_000, negativeCount: 20_000),
  ])
  func `an expansion by moments and a sum over a window agree to 100 bits`(
    law: CollisionConditional
  ) throws {
    let count = try #require(CollisionLogMoments.estimatedCount(law, precision: 120))
    let moments = CollisionLogMoments(law: law, precision: 160).enclosure(momentCount: count)
    let window = CollisionLogWindow(law: law, precision: 160)
      .enclosure(CollisionLogarithms(limit: 1, precision: 160))
    #expect(moments.isWithin(relativePrecision: 100))
    #expect(window.isWithin(relativePrecision: 130))
    #expect(moments.overlaps(window))
  }

  @Test func `no number of moments is proposed where the mean is too small for the digits`() {
    let law = CollisionConditional(weight: 1, total: 10, negativeCount: 31)
    #expect(CollisionLogMoments.estimatedCount(law, precision: 60) == nil)
  }
}
