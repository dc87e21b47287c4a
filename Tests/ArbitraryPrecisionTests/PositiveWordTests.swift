// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

@Suite struct PositiveWordTests {
  /// A word with all bits in use: a product of integers, rounded or not.
  private func word(_ random: inout RandomInput) -> PositiveWord {
    var x = PositiveWord(random.int(0...(1 << random.int(0...62))))
    for _ in 0..<random.int(0...4) { x.multiply(by: random.int(1...(1 << random.int(0...62)))) }
    return x
  }

  /// Whether `found` is the exact value rounded down, by less than so many units of 2^-127 of it.
  private func isRounded(_ found: PositiveWord, _ exact: Rational, units: Int = 1) -> Bool {
    let value = found.real.rational
    let isNormal = found.mantissa == 0 || found.mantissa >> 127 == 1
    return isNormal && value <= exact
      && (exact.signum == 0
        ? value.signum == 0 : (exact - value) * Rational(2).power(127) < exact * Rational(units))
  }

  @Test func `integers are exact`() {
    for n in [0, 1, 2, 3, 1 << 62, .max] { check(PositiveWord(n).real == Real(n), "\(n)") }
  }

  private func checkRecurrence(
    _ x: PositiveWord, _ a: Int, _ y: PositiveWord, _ b: Int, _ note: Comment
  ) {
    var found = x
    found.formRecurrence(a, b, y)
    let exact = x.real.rational * Rational(a) + y.real.rational * Rational(b)
    check(isRounded(found, exact, units: 2), note)
  }

  @Test func `products and recurrences are rounded down by less than one unit and two`() {
    forRandomInput(3000) { random in
      let (x, y) = (word(&random), word(&random))
      let n = random.int(0...(1 << random.int(0...62)))
      var product = x
      product.multiply(by: n)
      check(isRounded(product, x.real.rational * Rational(n)), random.note)
      checkRecurrence(x, n, y, random.int(0...(1 << random.int(0...62))), random.note)
      checkRecurrence(x, 1, y, 1, random.note)
    }
  }

  @Test func `a number's exponent is that of the power of two above it`() {
    #expect(PositiveWord(0).binaryExponent == nil)
    for (n, exponent) in [(1, 1), (2, 2), (3, 2), (4, 3), (.max, 63)] {
      #expect(PositiveWord(n).binaryExponent == exponent)
    }
  }

  @Test func `the ends of the range of words are met`() {
    // All bits set: the product of the largest, and a sum that fills 192 bits.
    let full = PositiveWord(mantissa: .max, exponent: 0)
    for n in [1, 2, 3, .max] {
      var product = full
      product.multiply(by: n)
      check(isRounded(product, full.real.rational * Rational(n)), "\(n)")
    }
    for shift in [0, 1, 62, 63, 64, 65, 126, 127, 128, 129, 191, 192, 193, 1000] {
      for mantissa in [UInt128.max, 1 << 127] {
        let small = PositiveWord(mantissa: mantissa, exponent: -shift)
        for (a, b) in [(1, 1), (.max, .max), (1, .max), (.max, 1), (3, 0)] {
          checkRecurrence(full, a, small, b, "\(shift)")
          checkRecurrence(small, a, full, b, "\(shift)")
        }
      }
    }
  }
}
