// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

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

  /// All that the upper end needs at once: many octaves, of which each is cut off, an entry of the
  /// table that lacks nearly a unit, or next to nothing, and a width of nearly one.
  @Test func `logarithms of great and small numbers with the worst entries hold theirs`() {
    let table = LogarithmTable.shared
    let lacks = table.reciprocals.indices.map { i in
      let exact = value(Rational(Int(table.reciprocals[i]), 512)) {
        $0.formLogarithm(rounding: .nearest)
      }
      let scaled = exact * powerOfTwo(116)
      return (scaled - Rational(scaled.numerator.floorDivided(by: scaled.denominator).quotient))
        .double
    }
    // A logarithm of 192 bits is within 2^-70 units of these: rounded up or down it has the same
    // 116 bits.
    #expect(lacks.allSatisfy { $0 > 0x1p-50 && $0 < 1 - 0x1p-50 })
    forRandomInput(4000) { random in
      let isSmall = Bool.random(using: &random)
      let indices = lacks.indices.filter { isSmall ? lacks[$0] > 0.9 : lacks[$0] < 0.1 }
      let index = random.element(of: Array(indices))
      let word = UInt128(64 + index) << 121 | UInt128.random(in: 0..<1 << 121, using: &random)
      // 0.99 units of 2^-116.
      let width = isSmall ? 0 : (word >> 116) * 99 / 100
      let upper = word.addingReportingOverflow(width)
      if upper.overflow { return }
      let k = random.int(2600...2750) * (isSmall ? -1 : 1)
      let words = WordInterval(lower: word, upper: upper.partialValue, exponent: k - 128)
      guard let log = words.logarithm(precision: 100) else { return }
      let (low, high) = log.rationals
      for x in [words.rationals.0, words.rationals.1] {
        let exact = value(x) { $0.formLogarithm(rounding: .nearest) }
        #expect(low <= exact && exact <= high, random.note)
      }
    }
  }

  /// Whichever way the 192 bits of ln 2, ln 10 and 1/ln 10 are rounded, the first 128 are the same.
  @Test func `the constants are floors`() {
    let table = LogarithmTable.shared
    func lack(_ x: Rational) -> Rational {
      let scaled = x * powerOfTwo(128)
      return scaled - Rational(scaled.numerator.floorDivided(by: scaled.denominator).quotient)
    }
    let ten = value(10) { $0.formLogarithm(rounding: .nearest) }
    let two = value(2) { $0.formLogarithm(rounding: .nearest) }
    for x in [two, 1 / ten] {
      #expect(lack(x) > powerOfTwo(-50) && lack(x) < 1 - powerOfTwo(-50))
    }
    let inverse = Real(normalized: table.inverseOfTen << 1, exponent: -129, isNegative: false)
    #expect(inverse.rational <= 1 / ten && 1 / ten < inverse.rational + powerOfTwo(-128))
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
