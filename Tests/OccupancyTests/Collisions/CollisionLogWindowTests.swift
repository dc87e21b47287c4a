// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Testing

@testable import Occupancy

@Suite struct CollisionLogWindowTests {
  private static let laws: [CollisionConditional] = [
    CollisionConditional(weight: 1, total: 1000, negativeCount: 65_536),
    CollisionConditional(weight: 1, total: 1_000_000, negativeCount: 3),
    CollisionConditional(weight: 999, total: 1000, negativeCount: 5000),
    CollisionConditional(classSize: 1300, itemCount: 128_000, negativeCount: 4096),
    CollisionConditional(classSize: 1300, itemCount: 128_000, negativeCount: 127_998),
    // Weights beyond a machine word.
    CollisionConditional(
      weight: Integer(10).power(40), total: Integer(10).power(42) + 7, negativeCount: 4096),
  ]

  @Test(arguments: laws.indices)
  func `a wider window at more bits lies within a narrow one`(index: Int) {
    let law = Self.laws[index]
    let wide = CollisionLogWindow(law: law, precision: 60)
      .enclosure(CollisionLogarithms(limit: 1, precision: 60))
    let narrow = CollisionLogWindow(law: law, precision: 200)
      .enclosure(CollisionLogarithms(limit: 500, precision: 200))
    #expect(wide.contains(narrow))
    #expect(wide.isWithin(relativePrecision: 40))
    #expect(narrow.isWithin(relativePrecision: 180))
  }

  @Test func `a law of one value is its logarithm`() {
    let law = CollisionConditional(weight: 1, total: 1, negativeCount: 1_000_000_000)
    let value = CollisionLogWindow(law: law, precision: 80)
      .enclosure(CollisionLogarithms(limit: 1, precision: 80))
    #expect(value.contains(Enclosure(1_000_000_001).naturalLogarithm(precision: 200)))
    #expect(value.isWithin(relativePrecision: 70))
  }

  @Test func `logarithms of composite numbers are the sums of those of their factors`() {
    let table = CollisionLogarithms(limit: 700, precision: 100)
    #expect(table.error.bound < 0x1p-93)
    for n in 2...800 {
      let exact = Enclosure(n).naturalLogarithm(precision: 200)
      var center = Accumulator(precision: 100)
      center.set(table.logarithm(n), rounding: .nearest)
      let radius = Magnitude(center) * table.error
      #expect(Enclosure(center: center, radius: radius).contains(exact), "ln \(n)")
    }
  }
}
