// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) import ArbitraryPrecision
import Testing

@Suite struct RoundingTests {
  /// 1 +- 3/16 at three bits: neighbours are 1/4 apart above 1, 1/8 below.
  @Test(arguments: [
    (Rounding.nearest, Rational(5, 4), RoundingOutcome.above),
    (.down, 1, .below), (.up, Rational(5, 4), .above), (.towardZero, 1, .below),
  ])
  func `a positive number is rounded in the direction named`(
    rounding: Rounding, rounded: Rational, outcome: RoundingOutcome
  ) {
    var x = Accumulator(precision: 3)
    #expect(x.set(Rational(19, 16), rounding: rounding) == outcome)
    #expect(Real(x).rational == rounded)
  }

  @Test(arguments: [
    (Rounding.nearest, Rational(-5, 4), RoundingOutcome.below),
    (.down, Rational(-5, 4), .below), (.up, -1, .above), (.towardZero, -1, .above),
  ])
  func `a negative number is rounded in the direction named`(
    rounding: Rounding, rounded: Rational, outcome: RoundingOutcome
  ) {
    var x = Accumulator(precision: 3)
    #expect(x.set(Rational(-19, 16), rounding: rounding) == outcome)
    #expect(Real(x).rational == rounded)
  }

  @Test func `ties go to the even neighbour`() {
    for (value, even) in [(9, 8), (11, 12), (13, 12), (15, 16), (-9, -8), (-15, -16)] {
      let x = Real(Rational(value), precision: 3, rounding: .nearest)
      #expect(x.rational == Rational(even))
    }
  }

  @Test func `what fits is exact in every direction`() {
    for rounding in [Rounding.nearest, .down, .up, .towardZero] {
      var x = Accumulator(precision: 3)
      #expect(x.set(7, rounding: rounding) == .exact)
    }
  }
}
