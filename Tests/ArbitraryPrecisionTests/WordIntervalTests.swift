// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

extension RandomInput {
  /// A word of random length.
  mutating func word() -> UInt128 {
    let word = UInt128(UInt64.random(in: 0 ... .max, using: &self)) << 64
    return (word | UInt128(UInt64.random(in: 0 ... .max, using: &self))) >> UInt128(int(0...127))
  }

  /// An interval of positive numbers of about 2^exponent whose width is about 2^-bits of them.
  mutating func interval(exponent: Int, bits: Int) -> WordInterval {
    let lower = word() >> 2 | 1 << 125
    let width = bits > 125 ? 0 : (1 << UInt128(125 - bits)) + (word() >> UInt128(bits + 2))
    return WordInterval(lower: lower, upper: lower + width, exponent: exponent - 126)
  }
}

extension WordInterval {
  /// Both ends as fractions, the lower one first.
  var rationals: (lower: Rational, upper: Rational) { (ends.lower.rational, ends.upper.rational) }
}

@Suite struct WordIntervalTests {
  @Test func `the interval between two numbers holds them and is hardly wider`() {
    forRandomInput(400) { random in
      let center = random.nonzeroRational(bits: 60) * powerOfTwo(random.int(-300...300))
      let width = center.magnitude * powerOfTwo(-random.int(1...250))
      let precision = random.int(20...300)
      let low = Real(center - width, precision: precision, rounding: .down)
      let high = Real(center + width, precision: precision, rounding: .up)
      guard let words = WordInterval(from: low, through: high) else {
        // A tiny number and a large one.
        #expect(
          low.signum != high.signum || low.rational.magnitude * powerOfTwo(120) < width
            || high.rational.magnitude * powerOfTwo(120) < width, random.note)
        return
      }
      let (lower, upper) = words.rationals
      let unit = max(lower.magnitude, upper.magnitude) * powerOfTwo(-127)
      #expect(lower <= low.rational && low.rational - lower < unit, random.note)
      #expect(upper >= high.rational && upper - high.rational < unit, random.note)
    }
  }

  @Test func `what reaches zero or infinity, or has no common exponent, is no interval`() {
    for (low, high) in [(-1.0, 1.0), (0, 1), (-1, 0), (0x1p-200, 1), (-1, -0x1p-200)] {
      #expect(WordInterval(from: Real(low), through: Real(high)) == nil)
    }
    let all = Enclosure(center: Accumulator(1, precision: 64), radius: .infinity)
    #expect(WordInterval(from: Real(1), through: all.upper) == nil)
    // All ones and one bit more: 2^128 units.
    let long = Real(2 - powerOfTwo(-128), precision: 129, rounding: .nearest)
    #expect(WordInterval(from: Real(1), through: long) == nil)
  }

  @Test func `the high half of a product is that of integers`() {
    func integer(_ word: UInt128) -> Integer {
      Integer(Int(word >> 96)).shiftedLeft(by: 96)
        + Integer(Int(word >> 48 & (1 << 48 - 1))).shiftedLeft(by: 48)
        + Integer(Int(word & (1 << 48 - 1)))
    }
    forRandomInput(500) { random in
      let (a, b) = (random.word(), random.word())
      let product = (integer(a) * integer(b)).floorDivided(by: Integer(1).shiftedLeft(by: 128))
      #expect(integer(WordInterval.highProduct(a, b)) == product.quotient, random.note)
    }
    #expect(WordInterval.highProduct(.max, .max) == UInt128.max - 1)
  }

  @Test func `an enclosure of words has their ends, width and size`() {
    forRandomInput(200) { random in
      let bits = random.int(1...140)
      let words = random.interval(exponent: random.int(-50...50), bits: bits)
      let enclosure = Enclosure(words)
      let (lower, upper) = words.rationals
      #expect(enclosure.lower.rational == lower && enclosure.upper.rational == upper, random.note)
      #expect(enclosure.words == words, random.note)
      for precision in [bits - 1, bits, bits + 1, 130] {
        #expect(
          enclosure.isWithin(relativePrecision: precision)
            == (upper - lower <= lower * powerOfTwo(-precision)), random.note)
      }
      let numbers = Enclosure(lower: enclosure.lower, upper: enclosure.upper)
      for e in -52...52 {
        #expect(enclosure.isBelow(powerOfTwo: e) == (upper < powerOfTwo(e)), random.note)
        #expect(numbers.isBelow(powerOfTwo: e) == (upper < powerOfTwo(e)), random.note)
      }
      let sum = enclosure.adding(numbers.negated, precision: 300)
      #expect(sum.lower.rational == lower - upper && sum.upper.rational == upper - lower)
    }
  }
}
