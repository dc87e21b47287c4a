// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A number less the nearest multiple of a constant, ln 2 or pi/2: x = count constant + rest, with
/// the rest in units of 2^-125.
struct PeriodReduction {
  let count: Int
  let rest: Int128

  /// The rest by ln 2, at most 0.56 ln 2 < 0.39 in size; it errs by at most 1.1 units.
  static func byLogarithm(of word: Int128, exponent: Int) -> PeriodReduction {
    PeriodReduction(
      word, exponent, inverse: 0x5c55_1d94_ae0b_f85d,
      // floor(2^189 ln 2)
      (0x162e_42fe_fa39_ef35, 0x793c_7673_007e_5ed5, 0xe81e_6864_ce53_16c5))
  }

  /// The rest by pi/2, at most 0.56 pi/2 < 0.89 in size; it errs by at most 1.1 units.
  static func byQuarterTurn(of word: Int128, exponent: Int) -> PeriodReduction {
    PeriodReduction(word, exponent, inverse: 0x28be_60db_9391_054a, quarterTurn)
  }

  /// floor(2^189 pi/2)
  private static var quarterTurn: (UInt64, UInt64, UInt64) {
    (0x3243_f6a8_885a_308d, 0x3131_98a2_e037_0734, 0x4a40_9382_2299_f31d)
  }

  /// pi/2 numerator/denominator in units of 2^-125, within 1.8 of it.
  ///
  /// - Precondition: numerator <= denominator / 2.
  static func quarterTurns(_ numerator: UInt64, over denominator: UInt64) -> Int128 {
    let high = denominator.dividingFullWidth((numerator, 0))
    let low = denominator.dividingFullWidth((high.remainder, 0))
    // The fraction in units of 2^-126, at most 2^125, and pi/2 in units of 2^-125, below 2^126.
    let g = Int128((UInt128(high.quotient) << 64 | UInt128(low.quotient)) >> 2)
    let quarter = Int128(quarterTurn.0) << 64 | Int128(quarterTurn.1)
    return (SplitWord(g) * SplitWord(quarter)).rounded()
  }

  /// word 2^exponent less a multiple of a constant.
  ///
  /// * count is the nearest integer to (word 2^-63) inverse 2^(exponent + 1), which differs from
  ///   the quotient by less than 1.5 2^(exponent + 63) for the bits cut off and 2^62 2^(exponent +
  ///   1) for the inverse: by less than 0.06 as the exponent is at most -68. So the rest is at most
  ///   0.56 periods.
  /// * The rest is below 1 in size, so it is right if it is computed modulo 2^128 units. The word
  ///   is shifted: to the right it is rounded to nearest, which errs by at most 1/2. The stored
  ///   constant, in units of 2^-189, lacks less than one; |count| <= 2^58 of them are 2^-6, and the
  ///   rounding of the product to units of 2^-125 is at most 1/2. Together less than 1.1.
  ///
  /// - Parameters:
  ///   - inverse: floor(2^62 / constant).
  ///   - constant: floor(2^189 constant), the highest word first.
  private init(
    _ word: Int128, _ exponent: Int, inverse: Int64, _ constant: (UInt64, UInt64, UInt64)
  ) {
    let shift = -(exponent + 1)
    let estimate = SplitWord.limbs(SplitWord(word).high, inverse)
    count =
      shift > 126 ? 0 : Int((estimate &+ (1 &<< Int128(shift - 1))) &>> Int128(shift))
    let scaled: Int128
    if exponent >= -125 {
      scaled = word &<< Int128(exponent + 125)
    } else if exponent > -252 {
      let right = Int128(-125 - exponent)
      scaled = (word &+ (1 &<< (right &- 1))) &>> right
    } else {
      scaled = 0
    }
    let k = UInt64(count.magnitude)
    let low = constant.2.multipliedFullWidth(by: k)
    var multiple = UInt128(constant.1) &* UInt128(k) &+ UInt128(low.high)
    multiple &+= UInt128(constant.0 &* k) &<< 64
    multiple &+= UInt128(low.low >> 63)
    let signed = Int128(truncatingIfNeeded: multiple)
    rest = count < 0 ? scaled &+ signed : scaled &- signed
  }
}
