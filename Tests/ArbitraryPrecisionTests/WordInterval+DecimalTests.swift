// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import ArbitraryPrecision

/// The long division of exact fractions, `DecimalDigits`, is the oracle.
@Suite struct WordIntervalDecimalTests {
  private func text(_ x: Rational, _ count: Int) -> String { DecimalDigits(x, count: count).text }

  /// Whether the decimal is what both ends round to, not a tie and no shorter decimal in between.
  private func isRight(_ decimal: String, of words: WordInterval, _ count: Int) -> Bool {
    let (low, high) = words.rationals
    let digits = DecimalDigits(low, count: count)
    guard digits.text == decimal, text(high, count) == decimal else { return false }
    if digits.hasTrailingZeros && low <= digits.rational && digits.rational <= high { return false }
    // Half a unit of the last digit off the decimal, ends are ties.
    let unit = Rational(10).power(digits.exponent - count)
    return [low, high].allSatisfy { ($0 - digits.rational).magnitude * 2 < unit }
  }

  @Test func `a decimal is what every number of the interval rounds to`() {
    var (found, narrow) = (0, 0)
    forRandomInput(20_000) { random in
      let (bits, count) = (random.int(1...128), random.int(1...19))
      let exponent = random.int(0...9) == 0 ? random.int(-1590...1590) : random.int(-80...70)
      var words = random.interval(exponent: exponent, bits: bits)
      if Bool.random(using: &random) {
        words = WordInterval(
          lower: words.lower, upper: words.upper, exponent: words.exponent, isNegative: true)
      }
      // 3.33 bits a digit and ten more: all but one in a thousand have a decimal.
      let isNarrow = Double(bits) > 3.33 * Double(count) + 10 && abs(exponent) < 1500
      if isNarrow { narrow += 1 }
      guard let decimal = words.decimal(significantDigits: count) else { return }
      if isNarrow { found += 1 }
      if !isRight(decimal, of: words, count) {
        Issue.record("\(random.note) \(decimal) to \(count) digits for \(Enclosure(words))")
      }
    }
    #expect(found * 100 > narrow * 98)
  }

  @Test func `a tie and a shorter decimal have none, and what is close beside them is right`() {
    forRandomInput(4000) { random in
      let count = random.int(1...17)
      let digits = Rational(random.int(1...(1 << 60))).numerator
        .floorDivided(by: Integer(10).power(random.int(0...17))).quotient
      if digits.signum == 0 { return }
      // A short decimal, or a tie: one that has a digit more, a five.
      let isTie = Bool.random(using: &random)
      let length = digits.description.utf8.count
      let power = Rational(10).power(random.int(-30...30))
      let value = (Rational(digits) + (isTie ? Rational(1, 2) : 0)) * power
      let digitCount = isTie ? length : count
      let gap = value * powerOfTwo(-random.int(64...110))
      for side in [-1, 0, 1] {
        let center = value + gap * Rational(side)
        let words = Enclosure(
          lower: Real(center - gap / 2, precision: 128, rounding: .down),
          upper: Real(center + gap / 2, precision: 128, rounding: .up)
        ).words
        guard let words else { return #expect(Bool(false), random.note) }
        let decimal = words.decimal(significantDigits: digitCount)
        let digits = DecimalDigits(value, count: digitCount)
        if side == 0 && (isTie || digits.hasTrailingZeros && digits.rational == value) {
          #expect(decimal == nil, random.note)
        } else {
          #expect(decimal.map { isRight($0, of: words, digitCount) } ?? true, random.note)
          // The gap is 2^18 times what the scaled interval is widened by, or more.
          #expect(decimal != nil || length > digitCount, random.note)
        }
      }
    }
  }

  /// The word beside a tie is off it by less than a unit, which is what the bounds must see.
  @Test func `words right beside a tie have the right decimal or none`() {
    forRandomInput(8000) { random in
      let (count, q) = (random.int(1...18), random.int(-300...300))
      let digits = Rational(random.int(1...999_999_999)) + Rational(1, 2)
      let tie = digits * Rational(10).power(q)
      let word = LeadingWord(
        Real(tie, precision: 128, rounding: random.element(of: [.up, .down])))
      guard let word else { return #expect(Bool(false), random.note) }
      let point = WordInterval(lower: word.mantissa, upper: word.mantissa, exponent: word.exponent)
      guard let decimal = point.decimal(significantDigits: count) else { return }
      #expect(isRight(decimal, of: point, count), random.note)
    }
  }

  @Test func `powers of ten and their neighbours`() {
    for e in -470...470 {
      for factor in [1 - powerOfTwo(-90), 1 - powerOfTwo(-70), 1, 1 + powerOfTwo(-90)] {
        let value = Rational(10).power(e) * factor
        let words = Enclosure(value, precision: 120).words
        for count in [1, 8, 17, 19] {
          let decimal = words?.decimal(significantDigits: count)
          if factor == 1 && count > 1 {
            #expect(decimal == nil)
          } else if count == 1 && factor == 1 {
            #expect(decimal == nil || decimal == text(value, 1))
          } else {
            #expect(decimal == text(value, count))
          }
        }
      }
    }
  }

  @Test func `numbers out of range and too many digits have none`() {
    let one = WordInterval(lower: 5 << 124, upper: 5 << 124, exponent: -124)
    #expect(one.decimal(significantDigits: 1) == "5")
    #expect(one.decimal(significantDigits: 20) == nil)
    for exponent in [-1 << 40, -2000, 2000, 1 << 40] {
      let words = WordInterval(lower: 5 << 124, upper: 5 << 124 + 1, exponent: exponent)
      #expect(words.decimal(significantDigits: 5) == nil)
    }
  }
}
