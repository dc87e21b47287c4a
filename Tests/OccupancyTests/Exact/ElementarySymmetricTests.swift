// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct ElementarySymmetricTests {
  @Test
  func theEnclosureContainsTheSumOverSubsets() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let isUniform = Bool.random(using: &random)
      let size = Int.random(in: 1...1000, using: &random)
      let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        isUniform ? size : Int.random(in: 1...1000, using: &random)
      }
      var exact: [Integer] = Array(repeating: 0, count: weights.count + 1)
      for set in 0..<(1 << weights.count) {
        let members = weights.indices.filter { set >> $0 & 1 == 1 }
        exact[members.count] += members.reduce(Integer(1)) { $0 * Integer(weights[$1]) }
      }
      let e = ElementarySymmetric(law: LabelLaw(try LabelDistribution(counts: weights)))
      for (k, value) in exact.enumerated() {
        let precision = Int.random(in: 8...100, using: &random)
        let enclosure = e.value(k, precision: precision)
        #expect(
          enclosure.contains(Rational(value)), "seed \(RandomTests.seed), \(weights), k = \(k)")
        #expect(enclosure.isWithin(relativePrecision: precision - 7))
      }
    }
  }
}
