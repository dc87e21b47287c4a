// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct MissedRankTests {
  /// P(fewer than j of independent events), in fractions.
  private func exact(_ chances: [Rational], _ needed: Int) -> Rational {
    var law: [Rational] = [1] + Array(repeating: 0, count: chances.count)
    for u in chances {
      for d in stride(from: chances.count, through: 0, by: -1) {
        law[d] = law[d] * (1 - u) + (d > 0 ? law[d - 1] * u : 0)
      }
    }
    return law[..<needed].reduce(0, +)
  }

  @Test
  func chancesAreEnclosed() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let isUniform = Bool.random(using: &random)
      let count = Int.random(in: 1...(isUniform ? 60 : 9), using: &random)
      let needed = Int.random(in: 1...count, using: &random)
      let denominator = Int.random(in: 2...1000, using: &random)
      let first = Rational(Int.random(in: 1..<denominator, using: &random), denominator)
      let chances = (0..<count).map { _ in
        isUniform ? first : Rational(Int.random(in: 1..<denominator, using: &random), denominator)
      }
      let certain = isUniform ? 0 : Int.random(in: 0...2, using: &random)
      let precision = Int.random(in: 64...200, using: &random)
      let total = count + certain
      let rank = MissedRank(
        classCount: total, needed: needed, isEven: isUniform, precision: precision)
      rank.begin()
      func add(_ number: Int, _ u: Rational) {
        rank.add(
          number, short: RealBall(1 - u, precision: precision),
          reached: RealBall(u, precision: precision))
      }
      if isUniform { add(count, first) } else { for u in chances { add(1, u) } }
      if certain > 0 { rank.addCertain(certain) }
      var missing = Accumulator(precision: precision)
      let error = rank.finish(into: &missing)
      let enclosure = Enclosure(center: missing, radius: error)
      let value = exact(chances + Array(repeating: 1, count: certain), needed)
      let note = "seed \(RandomTests.seed), \(count) + \(certain), \(needed), \(precision) bits"
      #expect(enclosure.contains(value), "\(note)")
      #expect(error.approximateLog2 < Double(20 - precision), "\(note)")
    }
  }
}
