// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision
@testable import Occupancy

struct FactorPowersTests {
  /// Without replacement both parts are polynomials: exact at a rational point.
  @Test(arguments: Arithmetic.allCases)
  func polynomialsAreInTheirBalls(arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectPolynomials(ComplexBall.self)
    case .words: try expectPolynomials(ComplexWord.self)
    }
  }

  private func expectPolynomials<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let sizes = (0..<4).map { _ in Int.random(in: 1...30, using: &random) }
      // One number of copies for all classes, or one for each, 0 among them.
      let most = Int.random(in: 1...12, using: &random)
      let isMixed = Bool.random(using: &random)
      let copies = sizes.map { _ in isMixed ? Int.random(in: 0...most, using: &random) : most }
      guard copies.contains(where: { $0 > 0 }) else { continue }
      let product = try LabelLaw.counts(sizes)
        .product(.withoutReplacement, CoverageGoal(copiesOfEach: copies))
      // Down to sizes where the difference would cancel to nothing.
      let scale = Integer(10).power(Int.random(in: 0...12, using: &random))
      let z = ComplexRational(
        re: Rational(Integer(Int.random(in: -99...99, using: &random)), 40 * scale),
        im: Rational(Integer(Int.random(in: 1...99, using: &random)), 40 * scale))
      let precision = Int.random(in: 64...200, using: &random)
      var point = Number(precision: precision + 100)
      point.set(z)
      let note = "seed \(RandomTests.seed), \(sizes), \(copies), \(precision) bits"
      let parts = FactorPowers<Number>(product, precision: precision)
      parts.begin(at: point)
      for part in product.requirement.parts { expect(part, z, parts, scale <= 1000, note) }
      var free = Number(precision: precision)
      free.set(1)
      parts.multiplyByFree(&free)
      let base = ComplexRational(re: z.re + 1, im: z.im)
      let isFree = free.contains(base.power(product.requirement.freeWeight.int ?? 0))
      #expect(isFree, "\(note)")
    }
  }

  /// L, U and g^w of the next part.
  private func expect<Number: RigorousComplex & ~Copyable>(
    _ part: Requirement.Part, _ z: ComplexRational, _ powers: FactorPowers<Number>,
    _ isLarge: Bool, _ note: String
  ) {
    powers.next()
    let w = part.weight.int ?? 0
    var (low, high) = (ComplexRational(re: 0, im: 0), ComplexRational(re: 0, im: 0))
    for k in 0...w {
      let power = z.power(k)
      let ways = Rational(Integer.binomial(w, k))
      if k < part.copies {
        low = ComplexRational(re: low.re + power.re * ways, im: low.im + power.im * ways)
      } else {
        high = ComplexRational(re: high.re + power.re * ways, im: high.im + power.im * ways)
      }
    }
    let isLow = powers.short.ball.contains(low)
    let isHigh = powers.reached.ball.contains(high)
    let isWhole = powers.all.ball.contains(
      ComplexRational(re: low.re + high.re, im: low.im + high.im))
    #expect(isLow && isHigh && isWhole, "\(note), w = \(w)")
    // Not much is lost at small points: the series takes over. One copy is always a difference.
    let error = powers.reached.ball.error.bound
    #expect(isLarge || part.copies == 1 || error < 1e-9, "\(note), w = \(w)")
  }

  /// With replacement the parts add to e^(wz), and series and difference agree where the form
  /// changes.
  @Test(arguments: Arithmetic.allCases)
  func theTwoFormsAgree(arithmetic: Arithmetic) throws {
    switch arithmetic {
    case .balls: try expectBothForms(ComplexBall.self)
    case .words: try expectBothForms(ComplexWord.self)
    }
  }

  private func expectBothForms<Number: RigorousComplex & ~Copyable>(
    _ arithmetic: Number.Type
  ) throws {
    let law = LabelLaw(try LabelDistribution(counts: [3]))
    for copies in [2, 10, 60] {
      let product = try law.product(.withReplacement, CoverageGoal(copies: copies))
      // The larger the point, the more terms of the series; 2^-56 is where the form changes in
      // balls.
      for exponent in stride(from: -40, through: 6, by: 2) {
        let x = Double(sign: .plus, exponent: exponent / 2, significand: 1.1)
        var point = Number(precision: 300)
        var sum: Rational = 0
        var term: Rational = 1
        point.set(x)
        let powers = FactorPowers<Number>(product, precision: 300)
        powers.begin(at: point)
        powers.next()
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
        let isInside = powers.reached.ball.contains(low) || powers.reached.ball.contains(high)
        let error = powers.reached.ball.error.bound
        #expect(isInside, "m = \(copies), x = \(x)")
        #expect(
          error < (Number.fixedPrecision == nil ? 0x1p-220 : 0x1p-100), "m = \(copies), x = \(x)")
      }
    }
  }
}
