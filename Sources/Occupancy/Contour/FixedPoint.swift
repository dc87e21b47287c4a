// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Fixed-point arithmetic on 128-bit words: plain integers, so every error is counted in units.
enum FixedPoint {
  /// floor(a b / 2^128) less 0, 1 or 2.
  ///
  /// With a = a1 2^64 + a0 and b likewise a b / 2^128 = a1 b1 + a1 b0 / 2^64 + a0 b1 / 2^64
  /// + a0 b0 / 2^128: three fractions below 1 are left out, so the result errs by less than 3, downwards.
  @inline(__always)
  static func highProduct(_ a: UInt128, _ b: UInt128) -> UInt128 {
    let (a1, a0) = (UInt64(truncatingIfNeeded: a >> 64), UInt64(truncatingIfNeeded: a))
    let (b1, b0) = (UInt64(truncatingIfNeeded: b >> 64), UInt64(truncatingIfNeeded: b))
    let top = a1.multipliedFullWidth(by: b1)
    let high = word(top.high, top.low)
    let middle = a1.multipliedFullWidth(by: b0).high
    let other = a0.multipliedFullWidth(by: b1).high
    return high &+ UInt128(middle) &+ UInt128(other)
  }

  /// a b / 2^128 of signed words, less 0, 1 or 2, rounded down.
  ///
  /// As unsigned words negative ones are 2^128 too large, which adds 2^128 b or 2^128 a to the product.
  @inline(__always)
  static func highProduct(_ a: Int128, _ b: Int128) -> Int128 {
    let product = highProduct(UInt128(bitPattern: a), UInt128(bitPattern: b))
    return Int128(bitPattern: product) &- ((a &>> 127) & b) &- ((b &>> 127) & a)
  }

  /// high 2^64 + low.
  @inline(__always)
  static func word(_ high: UInt64, _ low: UInt64) -> UInt128 {
    UInt128(high) << 64 | UInt128(low)
  }

  /// factor y 2^scale, rounded toward minus infinity: exact where its last bit is not below 1.
  ///
  /// - Precondition: |factor| < 2^40, and the result fits: |factor y| < 2^(126 - scale).
  @inline(__always)
  static func scaled(_ y: Double, times factor: Int = 1, scale: Int) -> Int128 {
    // |y| = significand 2^exponent; 53 + 40 bits fit.
    let biased = Int(y.exponentBitPattern)
    guard biased > 0 else { return 0 }
    let significand = Int128(Int64(y.significandBitPattern | 1 << 52))
    let product = (y < 0 ? -significand : significand) &* Int128(factor)
    let shift = biased - 1075 + scale
    if shift >= 0 { return product &<< Int128(bitPattern: word(0, UInt64(shift))) }
    return shift > -127
      ? product &>> Int128(bitPattern: word(0, UInt64(-shift))) : (product < 0 ? -1 : 0)
  }

  /// An integer above x >= 0, by less than 1 + 2^-50 x.
  ///
  /// - Precondition: x < 2^126.
  @inline(__always)
  static func word(above x: Double) -> UInt128 {
    if x < 0x1p62 { return word(0, UInt64(x) &+ 1) }
    // The 62 upper bits and 1.
    let shift = Int(x.exponent) - 61
    let top = UInt64(x * Double(sign: .plus, exponent: -shift, significand: 1)) &+ 1
    return word(0, top) &<< word(0, UInt64(shift))
  }

  /// The nearest `Double` to an integer, within 2^-52 of it relatively: two halves are rounded, and
  /// their sum.
  @inline(__always)
  static func double(_ x: Int128) -> Double {
    let magnitude = x.magnitude
    let high = UInt64(truncatingIfNeeded: magnitude >> 64)
    let low = UInt64(truncatingIfNeeded: magnitude)
    let result = Double(high) * 0x1p64 + Double(low)
    return x < 0 ? -result : result
  }

  /// The same for an integer that is not negative.
  @inline(__always)
  static func double(_ x: UInt128) -> Double {
    Double(UInt64(truncatingIfNeeded: x >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: x))
  }
}
