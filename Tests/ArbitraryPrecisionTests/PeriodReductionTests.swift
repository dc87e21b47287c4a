// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct PeriodReductionTests {
  private static func logarithm() -> Rational {
    var two = Accumulator(2, precision: 500)
    two.formLogarithm(rounding: .nearest)
    return Real(two).rational
  }

  private static func quarterTurn() -> Rational {
    var pi = Accumulator(precision: 500)
    pi.setPi(rounding: .nearest)
    return Real(pi).rational * Rational(1, 2)
  }

  /// The constants err by 2^-499: times 2^58 units they do not count.
  @Test func `rests err by at most 1.1 units and 0.56 periods`() {
    let (ln2, quarter) = (Self.logarithm(), Self.quarterTurn())
    forRandomInput(3000) { random in
      let word =
        Int128.random(in: -(1 << 125)..<(1 << 125), using: &random) >> Int128(random.int(0...125))
      let exponent = random.element(of: [-68, -90, -124, -125, -126, random.int(-270 ... -68)])
      let exact = Real(word: word, exponent: exponent).rational
      for (period, reduction) in [
        (ln2, PeriodReduction.byLogarithm(of: word, exponent: exponent)),
        (quarter, PeriodReduction.byQuarterTurn(of: word, exponent: exponent)),
      ] {
        let rest = Real(word: reduction.rest, exponent: -125).rational
        let difference = rest + Rational(reduction.count) * period - exact
        #expect(difference.magnitude <= Rational(11, 10) * powerOfTwo(-125), random.note)
        #expect(rest.magnitude <= Rational(56, 100) * period, random.note)
      }
    }
  }

  @Test func `parts of a quarter turn err by at most 1.8 units`() {
    let quarter = Self.quarterTurn()
    forRandomInput(2000) { random in
      let n = max(random.int(1...(1 << 62 - 1)) >> random.int(0...61), 1)
      let k = random.int(0...(n / 2))
      let angle = PeriodReduction.quarterTurns(UInt64(k), over: UInt64(n))
      let difference = Real(word: angle, exponent: -125).rational - Rational(k, n) * quarter
      #expect(
        difference.magnitude <= Rational(18, 10) * powerOfTwo(-125), "\(random.note) \(k)/\(n)")
    }
  }
}
