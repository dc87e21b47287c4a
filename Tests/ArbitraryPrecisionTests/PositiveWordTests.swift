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

  /// Whether `found` is the exact value rounded down, by less than 2^-127 of it.
  private func isRounded(_ found: PositiveWord, _ exact: Rational) -> Bool {
    let value = found.real.rational
    let isNormal = found.mantissa == 0 || found.mantissa >> 127 == 1
    return isNormal && value <= exact
      && (exact.signum == 0
        ? value.signum == 0 : (exact - value) * Rational(2).power(127) < exact)
  }

  @Test func `integers are exact`() {
    for n in [0, 1, 2, 3, 1 << 62, .max] { check(PositiveWord(n).real == Real(n), "\(n)") }
  }

  @Test func `products and sums are rounded down by less than a unit`() {
    forRandomInput(3000) { random in
      let (x, y) = (word(&random), word(&random))
      let n = random.int(0...(1 << random.int(0...62)))
      var product = x
      product.multiply(by: n)
      check(isRounded(product, x.real.rational * Rational(n)), random.note)
      var sum = x
      sum.add(y)
      check(isRounded(sum, x.real.rational + y.real.rational), random.note)
    }
  }

  @Test func `the ends of the range of words are met`() {
    // All bits set: the product of the largest, and a sum that carries.
    let full = PositiveWord(mantissa: .max, exponent: 0)
    for n in [1, 2, 3, .max] {
      var product = full
      product.multiply(by: n)
      check(isRounded(product, full.real.rational * Rational(n)), "\(n)")
    }
    for shift in [0, 1, 63, 64, 126, 127, 128, 129, 1000] {
      for mantissa in [UInt128.max, 1 << 127] {
        let small = PositiveWord(mantissa: mantissa, exponent: -shift)
        var (sum, other) = (full, small)
        sum.add(small)
        other.add(full)
        check(isRounded(sum, full.real.rational + small.real.rational), "\(shift)")
        check(sum.mantissa == other.mantissa && sum.exponent == other.exponent, "\(shift)")
      }
    }
  }
}
