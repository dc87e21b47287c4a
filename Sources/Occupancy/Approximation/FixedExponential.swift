// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// e^y for a `Double` y with |y| <= 64, to 112 bits, without allocation: mantissa 2^(exponent - 127)
/// with 2^127 <= mantissa < 2^128, times 1 + d, |d| < 2^-112.
///
/// With k = floor(y / ln 2) and t = y - k ln 2 in [0, ln 2), e^y = 2^k (e^(t/256))^256. Errors, in units
/// of 2^-128 of numbers that are at least 1, all downwards:
///
/// * t, in units of 2^-120: y loses less than one unit, k ln 2 less than |k| + 1 <= 94 as the stored
///   ln 2 errs by less than one; relative to e^t that is 95 2^-120 < 2^-113.4. The sign of the loss
///   does not matter.
/// * s = t/256 < 2^-8.5. The Taylor polynomial of degree 11 leaves out less than
///   1.01 s^12/12! < 2^-130.8, 0.15 units. Horner's scheme p_j = 1/j! + s p_(j+1) errs by less than
///   one unit for the constant, 3 for the product and s times what p_(j+1) errs by: below 4.02. So
///   s + s (s p_2) errs by at most 3 + s (3 + 4.02 s) < 3.01 units, with the remainder 3.2.
/// * Squaring 1 + q, q -> 2 q + q^2: the relative error doubles and 3 units are added. After eight
///   squarings: less than 256 (3.2 + 3) < 2^10.7 units, 2^-117.3.
///
/// Together less than 2^-113.2.
struct FixedExponential {
  let mantissa: UInt128
  let exponent: Int

  /// floor(2^120 ln 2).
  private static var ln2: Int128 {
    Int128(FixedPoint.word(0x00B1_7217_F7D1_CF79, 0xABC9_E3B3_9803_F2F6))
  }

  @inline(__always)
  init(_ y: Double) {
    assert(abs(y) <= 64, "the argument of a fixed-point exponential is at most 64 in size")
    var k = Int((y * 1.442_695_040_888_963_4).rounded(.down))
    var t = FixedPoint.scaled(y, scale: 120) &- Int128(k) &* Self.ln2
    // The floor of a rounded quotient may be off by one.
    if t < 0 {
      t += Self.ln2
      k -= 1
    } else if t >= Self.ln2 {
      t -= Self.ln2
      k += 1
    }
    // t 2^-120 / 256 = t 2^-128.
    var q = Self.expMinusOne(UInt128(t))
    for _ in 0..<8 { q = (q << 1) &+ FixedPoint.highProduct(q, q) }
    // t < ln 2, so 1 + q < 2.
    mantissa = 1 << 127 | q >> 1
    exponent = k
  }

  /// e^s - 1 for s < 2^-8.5, both in units of 2^-128.
  @inline(__always)
  private static func expMinusOne(_ s: UInt128) -> UInt128 {
    // floor(2^128 / j!)
    var p = FixedPoint.word(0x0000_006B_9915_9FD5, 0x138E_3F9D_1F92_E0DF)
    p = FixedPoint.word(0x0000_049F_93ED_DE27, 0xD71C_BBC0_5B4F_A999) &+ product(s, p)
    p = FixedPoint.word(0x0000_2E3B_C74A_AD8E, 0x671F_5583_911C_A002) &+ product(s, p)
    p = FixedPoint.word(0x0001_A01A_01A0_1A01, 0xA01A_01A0_1A01_A01A) &+ product(s, p)
    p = FixedPoint.word(0x000D_00D0_0D00_D00D, 0x00D0_0D00_D00D_00D0) &+ product(s, p)
    p = FixedPoint.word(0x005B_05B0_5B05_B05B, 0x05B0_5B05_B05B_05B0) &+ product(s, p)
    p = FixedPoint.word(0x0222_2222_2222_2222, 0x2222_2222_2222_2222) &+ product(s, p)
    p = FixedPoint.word(0x0AAA_AAAA_AAAA_AAAA, 0xAAAA_AAAA_AAAA_AAAA) &+ product(s, p)
    p = FixedPoint.word(0x2AAA_AAAA_AAAA_AAAA, 0xAAAA_AAAA_AAAA_AAAA) &+ product(s, p)
    p = FixedPoint.word(0x8000_0000_0000_0000, 0) &+ product(s, p)
    return s &+ product(s, product(s, p))
  }

  @inline(__always)
  private static func product(_ a: UInt128, _ b: UInt128) -> UInt128 {
    FixedPoint.highProduct(a, b)
  }
}
