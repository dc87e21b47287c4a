// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

struct ClassCountsTests {
  private func box(_ x: Rational, _ precision: Int) -> BallBox<RealBall> {
    let box = BallBox<RealBall>(precision: precision)
    box.ball.set(x)
    return box
  }

  private func fraction(_ random: inout SplitMix64) -> Rational {
    Rational(Int.random(in: 1..<1000, using: &random), 1000)
  }

  /// [y^d] of a product of factors a + y b, in fractions.
  private func law(_ factors: [(a: Rational, b: Rational)]) -> [Rational] {
    var law: [Rational] = [1] + Array(repeating: 0, count: factors.count)
    for (a, b) in factors {
      for d in stride(from: factors.count, through: 0, by: -1) {
        law[d] = law[d] * a + (d > 0 ? law[d - 1] * b : 0)
      }
    }
    return law
  }

  @Test
  func termsOfEqualClassesAreEnclosed() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let count = Int.random(in: 1...60, using: &random)
      let first = Int.random(in: 0...count, using: &random)
      let precision = Int.random(in: 64...200, using: &random)
      let (l, u) = (fraction(&random), fraction(&random))
      let exact = law(Array(repeating: (l, u), count: count))
      for isUpward in [true, false] {
        let classes = EqualClasses<RealBall>(
          count, from: first, isUpward: isUpward, precision: precision)
        classes.begin(short: box(l, precision), reached: box(u, precision))
        let end = isUpward ? count : 0
        while true {
          var copy = RealBall(precision: precision)
          copy.set(classes.term.ball)
          let value = copy.enclosure()
          let note = "seed \(RandomTests.seed), \(count), \(classes.position), \(precision) bits"
          #expect(value.contains(exact[classes.position]), "\(note)")
          #expect(value.isWithin(relativePrecision: precision - 16), "\(note)")
          if classes.position == end { break }
          classes.advance()
        }
      }
    }
  }

  @Test
  func sumsOverUnequalClassesAreEnclosed() {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let count = Int.random(in: 1...9, using: &random)
      let limit = Int.random(in: 0...count, using: &random)
      let precision = Int.random(in: 64...200, using: &random)
      let classes = UnequalClasses<RealBall>(limit: limit, precision: precision)
      // Twice: a second product starts afresh.
      for _ in 0..<2 {
        classes.begin()
        var factors: [(a: Rational, b: Rational)] = []
        while factors.count < count {
          let (a, b) = (fraction(&random), fraction(&random))
          let equal = Int.random(in: 1...3, using: &random)
          classes.take(equal, other: box(a, precision), rare: box(b, precision))
          factors += Array(repeating: (a, b), count: equal)
        }
        let exact = law(factors)
        for last in [-1, 0, limit / 2, limit, Int.max] {
          var sum = RealBall(precision: precision)
          classes.sum(through: last, into: &sum)
          let known = min(last, limit)
          let value = sum.enclosure()
          let note = "seed \(RandomTests.seed), \(factors.count), \(known), \(precision) bits"
          #expect(value.contains(exact.prefix(known + 1).reduce(0, +)), "\(note)")
          #expect(value.isWithin(relativePrecision: precision - 16), "\(note)")
        }
      }
    }
  }
}
