// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import ArbitraryPrecision

/// MPFR's functions at 400 bits are the oracle.
@Suite struct WordIntervalLogarithmTests {
  private func value(
    _ x: Rational, _ function: (inout Accumulator) -> Void
  ) -> Rational {
    var result = Accumulator(precision: 400)
    result.set(x, rounding: .nearest)
    function(&result)
    return Real(result).rational
  }

  /// Whether the interval holds both values, and is wider than they are apart by 2^-precision of
  /// them at most, and by what a 16th of their distance is.
  private func fits(
    _ log: WordInterval, _ ends: [Rational], precision: Int
  ) -> Bool {
    let (low, high) = log.rationals
    guard let least = ends.min(), let most = ends.max(), low <= least, most <= high else {
      return false
    }
    let size = ends.map(\.magnitude).min() ?? 0
    return high - low <= (most - least) * Rational(17, 16) + size * powerOfTwo(-precision)
  }

  @Test func `logarithms hold those of both ends and are as narrow as asked`() {
    var found = 0
    forRandomInput(4000) { random in
      let range = random.element(of: [2, 80, 2790])
      let exponent = random.int(-range...range)
      let precision = random.int(2...104)
      let words = random.interval(exponent: exponent, bits: random.int(20...126))
      let (low, high) = words.rationals
      let ends = [low, high].map { value($0) { $0.formLogarithm(rounding: .nearest) } }
      if let log = words.logarithm(precision: precision) {
        found += 1
        #expect(fits(log, ends, precision: precision), random.note)
      }
      if let log = words.decimalLogarithm(precision: precision) {
        let ends = [low, high].map { value($0) { $0.formDecimalLogarithm(rounding: .nearest) } }
        #expect(fits(log, ends, precision: precision), random.note)
      }
    }
    #expect(found * 10 > RandomTests.count(4000) * 9)
  }

  @Test func `logarithms of complements hold those of both ends and are as narrow as asked`() {
    var found = 0
    forRandomInput(4000) { random in
      let exponent = -random.int(0...random.element(of: [2, 10, 150]))
      let precision = random.int(2...104)
      let words = random.interval(exponent: exponent - 1, bits: random.int(20...126))
      let (low, high) = words.rationals
      let ends = [low, high].map { value(-$0) { $0.formLogarithmOfOnePlus(rounding: .nearest) } }
      if let log = words.logarithmOfComplement(precision: precision) {
        found += 1
        #expect(fits(log, ends, precision: precision), random.note)
      }
      if let log = words.decimalLogarithmOfComplement(precision: precision) {
        let ten = value(10) { $0.formLogarithm(rounding: .nearest) }
        #expect(fits(log, ends.map { $0 / ten }, precision: precision), random.note)
      }
    }
    #expect(found * 10 > RandomTests.count(4000) * 9)
  }

  @Test func `logarithms of single numbers hold theirs, by units of the last place`() {
    forRandomInput(4000) { random in
      let word = UInt128.random(in: 1 << 127...UInt128.max, using: &random)
      let k = random.int(-2700...2700)
      let point = WordInterval(lower: word, upper: word, exponent: k - 128)
      let (x, _) = point.rationals
      if let log = point.logarithm(precision: 100) {
        let exact = value(x) { $0.formLogarithm(rounding: .nearest) }
        let (low, high) = log.rationals
        #expect(low <= exact && exact <= high, random.note)
      }
      if let log = point.decimalLogarithm(precision: 100) {
        let exact = value(x) { $0.formDecimalLogarithm(rounding: .nearest) }
        let (low, high) = log.rationals
        #expect(low <= exact && exact <= high, random.note)
      }
      let small = WordInterval(lower: word, upper: word, exponent: -random.int(129...300))
      if let log = small.logarithmOfComplement(precision: 100) {
        let exact = value(-small.rationals.0) { $0.formLogarithmOfOnePlus(rounding: .nearest) }
        let (low, high) = log.rationals
        #expect(low <= exact && exact <= high, random.note)
      }
    }
  }

  @Test func `1 and its neighbours have no logarithm to many digits, wide intervals none at all`() {
    let one: UInt128 = 1 << 127
    #expect(WordInterval(lower: one, upper: one, exponent: -127).logarithm(precision: 2) == nil)
    let near = WordInterval(lower: one + 1 << 60, upper: one + 1 << 60, exponent: -127)
    #expect(near.logarithm(precision: 100) == nil)
    let wide = WordInterval(lower: 1, upper: one, exponent: -127)
    #expect(wide.logarithm(precision: 10) == nil)
    #expect(wide.logarithmOfComplement(precision: 10) == nil)
    for exponent in [-4000, 4000] {
      let far = WordInterval(lower: one, upper: one, exponent: exponent)
      #expect(far.logarithm(precision: 10) == nil)
    }
    // ln 2 and -ln 2
    for (exponent, sign) in [(-126, 1), (-128, -1)] {
      let log = WordInterval(lower: one, upper: one, exponent: exponent).logarithm(precision: 100)
      let ln2 = value(2) { $0.formLogarithm(rounding: .nearest) }
      #expect(log.map { fits($0, [ln2 * Rational(sign)], precision: 100) } == true)
    }
  }

  @Test func `the table's entries and the series are as good as they say`() {
    let table = LogarithmTable.shared
    for (i, c) in table.reciprocals.enumerated() {
      let exact = value(Rational(Int(c), 512)) { $0.formLogarithm(rounding: .nearest) }
      let lack =
        exact - Rational(Integer(Int(table.logarithms[i] >> 64))) * powerOfTwo(64 - 116)
        - Rational(Integer(digits: "\(UInt64(truncatingIfNeeded: table.logarithms[i]))"))
        * powerOfTwo(-116)
      #expect(lack >= 0 && lack < powerOfTwo(-116) * (1 + powerOfTwo(-60)))
      for end in [64 + i, 65 + i] {
        // |f c - 1| < 2^-6.8, to the fifth power 2^-34
        let r = Rational(end * Int(c), 128 * 512) - 1
        #expect(r.magnitude.power(5) < powerOfTwo(-34))
      }
    }
    forRandomInput(300) { random in
      let bits = random.int(0...119)
      let r = Int128(random.word() >> 8) >> Int128(119 - bits)
      for r in [r, -r] {
        let x = Real(word: r, exponent: -126).rational
        let exact =
          x.signum == 0 ? 1 : value(x) { $0.formLogarithmOfOnePlus(rounding: .nearest) } / x
        let sum = Real(word: table.series(r), exponent: -125).rational
        #expect((sum - exact).magnitude < powerOfTwo(-112), random.note)
      }
    }
  }
}
