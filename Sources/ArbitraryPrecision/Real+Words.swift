// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Numbers whose significand is two machine words.
extension Real {
  /// mantissa 2^exponent, exactly, with 128 bits.
  ///
  /// - Precondition: the mantissa's highest bit is set.
  package init(normalized mantissa: UInt128, exponent: Int) {
    precondition(mantissa >> 127 == 1, "a normalized significand has its highest bit set")
    let number = unsafe MPFRNumber(precision: 128)
    // MPFR keeps 0.m1m2... 2^e in limbs, the lowest first.
    let limbs = unsafe mpfr_custom_get_significand(number.pointer).assumingMemoryBound(
      to: mp_limb_t.self)
    unsafe limbs[0] = mp_limb_t(truncatingIfNeeded: mantissa)
    unsafe limbs[1] = mp_limb_t(truncatingIfNeeded: mantissa >> 64)
    unsafe mpfr_custom_init_set(
      number.pointer, CInt(MPFR_REGULAR_KIND.rawValue), exponent + 128, 128, limbs)
    unsafe self.init(adopting: number)
  }

  /// floor(|x| 2^scale) with the sign of x: x 2^scale rounded toward zero; nil if it has more than 126
  /// bits.
  package func word(scale: Int) -> Int128? {
    guard let size = binaryExponent else { return signum == 0 ? 0 : nil }
    guard size + scale <= 126 else { return nil }
    if size + scale <= 0 { return 0 }
    let part = Accumulator(precision: 128)
    unsafe mpfr_mul_2si(part.pointer, pointer, scale, MPFR_RNDZ)
    unsafe mpfr_trunc(part.pointer, part.pointer)
    // The upper word is that of the number over 2^64 rounded toward zero; the rest has 64 bits.
    let rest = Accumulator(precision: 128)
    unsafe mpfr_div_2ui(rest.pointer, part.pointer, 64, MPFR_RNDZ)
    unsafe mpfr_trunc(rest.pointer, rest.pointer)
    let top = unsafe mpfr_get_si(rest.pointer, MPFR_RNDZ)
    unsafe mpfr_mul_2ui(rest.pointer, rest.pointer, 64, MPFR_RNDZ)
    unsafe mpfr_sub(part.pointer, part.pointer, rest.pointer, MPFR_RNDZ)
    unsafe mpfr_abs(part.pointer, part.pointer, MPFR_RNDZ)
    let bottom = unsafe mpfr_get_ui(part.pointer, MPFR_RNDZ)
    let magnitude = Int128(top.magnitude) << 64 + Int128(bottom)
    return signum < 0 ? -magnitude : magnitude
  }
}
