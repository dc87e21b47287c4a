// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// ln x = approximation + correction + d, |d| <= 2^-92, for x = mantissa 2^(exponent - 128) in
/// [2^-32, 2^32], 2^127 <= mantissa < 2^128.
///
/// y is libm's logarithm, whatever it errs by, and e the relative difference of x and e^y:
/// ln x = y + ln(1 + e) = y + e - e^2/2 + .... With libm within 2 ulp, ln m below ln 2 in size and an
/// exponent of at most 33 in size, y errs by less than 2^-46 (which is checked): e^2/2 <= 2^-93. The
/// correction inherits 2^-112 from the exponential and 2^-127 from shifts, and its own roundings are
/// 2^-51 2^-46. Together below 2^-92, and any relative error of the mantissa is added to that.
struct FixedLogarithm {
  let approximation: Double
  let correction: Double

  /// - Precondition: 2^127 <= mantissa.
  @inline(__always)
  init(mantissa: UInt128, exponent: Int) {
    assert(mantissa >> 127 == 1 && exponent < 40 && exponent > -40, "a normalized number")
    let leading = Double(UInt64(truncatingIfNeeded: mantissa >> 64)) * 0x1p-64
    approximation = log(leading) + Double(exponent) * 0.693_147_180_559_945_3
    let power = FixedExponential(approximation)
    // x / e^y = (mantissa / power.mantissa) 2^(exponent - 1 - power.exponent), and is near 1: the
    // shift is -1, 0 or 1, and the difference is right modulo 2^128.
    let shift = exponent - 1 - power.exponent
    let aligned = shift > 0 ? mantissa &<< 1 : (shift < 0 ? mantissa >> 1 : mantissa)
    let difference = Int128(truncatingIfNeeded: aligned &- power.mantissa)
    correction = FixedPoint.double(difference) / FixedPoint.double(power.mantissa)
    precondition(abs(correction) < 0x1p-46, "libm's logarithm errs by more than 2 ulp")
  }

  /// ln(numerator / denominator) for a quotient in [2^-32, 2^32], denominator < 2^34, within 2^-91.
  ///
  /// The numerator is shifted to 127 bits, so the floor of the quotient has at least 93 bits: it errs by
  /// 2^-92 relatively.
  @inline(__always)
  init(_ numerator: UInt64, over denominator: UInt64) {
    self.init(UInt128(numerator), scale: 0, over: denominator)
  }

  /// The same for the numerator times 2^-scale; the numerator below 2^127.
  @inline(__always)
  init(_ numerator: UInt128, scale: Int, over denominator: UInt64) {
    let shift = numerator.leadingZeroBitCount - 1
    let quotient = (numerator << UInt128(shift)) / UInt128(denominator)
    let zeros = quotient.leadingZeroBitCount
    // quotient 2^zeros 2^(e - 128) = numerator 2^-scale / denominator
    self.init(mantissa: quotient << UInt128(zeros), exponent: 128 - zeros - shift - scale)
  }
}
