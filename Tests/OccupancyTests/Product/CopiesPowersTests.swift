// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

struct CopiesPowersTests {
  /// Without replacement both parts are polynomials: exact at a rational point.
  @Test
  func polynomialsAreInTheirBalls() throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let sizes = (0..<4).map { _ in Int.random(in: 1...30, using: &random) }
      let law = LabelLaw(try LabelDistribution(counts: sizes))
      let copies = Int.random(in: 1...12, using: &random)
      // Down to sizes where the difference would cancel to nothing.
      let scale = Integer(10).power(Int.random(in: 0...12, using: &random))
      let z = ComplexRational(
        re: Rational(Integer(Int.random(in: -99...99, using: &random)), 40 * scale),
        im: Rational(Integer(Int.random(in: 1...99, using: &random)), 40 * scale))
      let precision = Int.random(in: 64...200, using: &random)
      var point = ComplexBall(precision: precision + 100)
      var short = ComplexBall(precision: precision)
      var reached = ComplexBall(precision: precision)
      point.set(z.re, z.im)
      let powers = CopiesPowers(
        law: law, sampling: .withoutReplacement, copies: copies, precision: precision)
      powers.begin(at: point)
      for group in law.groups {
        powers.next(short: &short, reached: &reached)
        let w = group.weight.int ?? 0
        var (low, high) = (ComplexRational(re: 0, im: 0), ComplexRational(re: 0, im: 0))
        for k in 0...w {
          let power = z.power(k)
          let ways = Rational(Integer.binomial(w, k))
          if k < copies {
            low = ComplexRational(re: low.re + power.re * ways, im: low.im + power.im * ways)
          } else {
            high = ComplexRational(re: high.re + power.re * ways, im: high.im + power.im * ways)
          }
        }
        let note = "seed \(RandomTests.seed), w = \(w), m = \(copies), \(precision) bits"
        let (isLow, isHigh) = (short.contains(low), reached.contains(high))
        #expect(isLow, "\(note)")
        #expect(isHigh, "\(note)")
        // Not much is lost at small points: the series takes over.
        let error = reached.error.bound
        #expect(scale <= 1000 || error < 1e-9, "\(note)")
      }
    }
  }

  /// With replacement the parts add to e^(wz), and series and difference agree where the form changes.
  @Test
  func theTwoFormsAgree() throws {
    let law = LabelLaw(try LabelDistribution(counts: [3]))
    for copies in [2, 10, 60] {
      // The larger the point, the more terms of the series; 2^-56 is where the form changes.
      for exponent in stride(from: -40, through: 6, by: 2) {
        let x = Double(sign: .plus, exponent: exponent / 2, significand: 1.1)
        var point = ComplexBall(precision: 300)
        var short = ComplexBall(precision: 300)
        var reached = ComplexBall(precision: 300)
        var sum: Rational = 0
        var term: Rational = 1
        point.set(x)
        let powers = CopiesPowers(
          law: law, sampling: .withReplacement, copies: copies, precision: 300)
        powers.begin(at: point)
        powers.next(short: &short, reached: &reached)
        // sum_(k>=m) (3x)^k/k! between a long partial sum and that with its last term once more.
        let y = 3 * Real(x).rational
        for k in 1...(copies + 260) {
          term = term * y / Rational(k)
          // Fractions of a bounded length, rounded down: short of the exact ones by 2^-900 or so.
          if k >= copies { sum += term }
        }
        let low = ComplexRational(re: sum, im: 0)
        let high = ComplexRational(re: sum + term, im: 0)
        // The distance is far below the ball's radius.
        let isInside = reached.contains(low) || reached.contains(high)
        let error = reached.error.bound
        #expect(isInside, "m = \(copies), x = \(x)")
        #expect(error < 0x1p-220, "m = \(copies), x = \(x)")
      }
    }
  }
}
