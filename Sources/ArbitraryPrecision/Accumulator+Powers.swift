// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Powers of machine integers, and temporaries that are used at falling precisions.
extension Accumulator {
  /// Becomes zero with fewer bits of significand: the limbs stay where they are.
  ///
  /// - Precondition: 2 <= `precision` <= the precision so far.
  package mutating func reset(precision: Int) {
    precondition(precision <= self.precision, "an Accumulator is reset to at most its precision")
    unsafe number.lower(precision: precision)
  }

  /// Becomes x y, rounded once to nearest; the factors may have other precisions.
  package mutating func setProduct(_ x: borrowing Accumulator, _ y: borrowing Accumulator) {
    unsafe mpfr_mul(pointer, x.pointer, y.pointer, MPFR_RNDN)
  }

  /// The most bits at which powers of machine integers are made in words.
  package static let wordPrecision = 125

  /// Becomes base^exponent.
  ///
  /// The exact power is the stored one times at most `exponent` factors (1 + d), |d| <= u =
  /// 2^-precision. For with f(m) such factors in base^m: f = 0 <= m - 1 for the leading power,
  /// which is a machine integer; a square has 2(m - 1) + 1 = 2m - 1; and a product with base^k,
  /// again a machine integer, k >= 1, has m - 1 + 1 <= m + k - 1. A power in words is rounded once
  /// more.
  ///
  /// - Precondition: base >= 1, exponent >= 1, and the precision is at least 64.
  /// - Complexity: log2(exponent) squarings, and a product by a word for every few of them.
  package mutating func setPower(_ base: Int, _ exponent: Int) {
    precondition(base >= 1 && exponent >= 1 && precision >= 64, "a power of positive integers")
    if precision <= Self.wordPrecision { return setWordPower(base, exponent) }
    // Windows of as many bits as keep base^(2^window - 1) below 2^63; one bit always does.
    let baseBits = Int.bitWidth - base.leadingZeroBitCount
    let largest = 63 / baseBits
    let window = min(4, Int.bitWidth - 1 - (largest + 1).leadingZeroBitCount)
    func wordPower(_ k: Int) -> UInt {
      var power: UInt = 1
      for _ in 0..<k { power *= UInt(base) }
      return power
    }
    let bits = Int.bitWidth - exponent.leadingZeroBitCount
    var position = (bits - 1) / window * window
    unsafe mpfr_set_ui_2exp(pointer, wordPower(exponent >> position), 0, MPFR_RNDN)
    while position > 0 {
      position -= window
      for _ in 0..<window { unsafe mpfr_sqr(pointer, pointer, MPFR_RNDN) }
      let digit = exponent >> position & (1 << window - 1)
      if digit > 0 { unsafe mpfr_mul_ui(pointer, pointer, wordPower(digit), MPFR_RNDN) }
    }
  }

  /// The same by words of 128 bits, m 2^e with 2^127 <= m < 2^128.
  ///
  /// A product of two words is at least 2^126 in units of the last place of its upper half, where
  /// less than one is cut off: the exact one is the stored one times 1 + d, d < 2^-126 / (1 -
  /// 2^-126) < 2^-125 <= u.
  private mutating func setWordPower(_ base: Int, _ exponent: Int) {
    func shifted(_ m: UInt128) -> (UInt128, Int) {
      let zeros = m.leadingZeroBitCount
      return (m &<< UInt128(zeros), -zeros)
    }
    let (factor, unit) = shifted(UInt128(base))
    var (m, e) = (factor, unit)
    for bit in stride(from: Int.bitWidth - 2 - exponent.leadingZeroBitCount, through: 0, by: -1) {
      let (square, moved) = shifted(WordInterval.highProduct(m, m))
      (m, e) = (square, 2 * e + 128 + moved)
      guard exponent >> bit & 1 == 1 else { continue }
      let (product, again) = shifted(WordInterval.highProduct(m, factor))
      (m, e) = (product, e + unit + 128 + again)
    }
    set(normalized: m, exponent: e)
  }
}
