// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// The first 128 bits of a number that is not zero: mantissa 2^exponent with 2^127 <= mantissa <
/// 2^128, less than one unit below the number's absolute value.
struct LeadingWord {
  let mantissa: UInt128
  let exponent: Int
  let isNegative: Bool
  /// Whether the number has no other bits.
  let isExact: Bool

  /// A number of MPFR's; nil for zero, infinity and what is not a number.
  ///
  /// MPFR normalizes significands: |x| = 0.l_(n-1)l_(n-2)... 2^e in limbs of 64 bits, where the
  /// highest bit of l_(n-1) is set and the bits beyond the precision are zero.
  init?(_ x: mpfr_srcptr) {
    guard unsafe mpfr_regular_p(x) != 0 else { return nil }
    guard let limbs = unsafe x.pointee._mpfr_d else { return nil }
    let count = unsafe (x.pointee._mpfr_prec - 1) >> 6 + 1
    let high = unsafe UInt128(limbs[count - 1]) << 64
    mantissa = unsafe count > 1 ? high | UInt128(limbs[count - 2]) : high
    exponent = unsafe x.pointee._mpfr_exp - 128
    isNegative = unsafe x.pointee._mpfr_sign < 0
    isExact = count <= 2 || (0..<(count - 2)).allSatisfy { unsafe limbs[$0] == 0 }
  }

  init?(_ x: Real) { unsafe self.init(x.pointer) }

  /// An integer; nil for zero.
  init?(_ x: Integer) {
    let limbs = unsafe x.storage.pointer.pointee._mp_d
    let size = Int(unsafe x.storage.pointer.pointee._mp_size)
    guard size != 0, let limbs = unsafe limbs else { return nil }
    // |x| = sum of l_i 2^(64 i); the highest limb is not zero.
    let count = abs(size)
    func limb(_ i: Int) -> UInt128 { i >= 0 ? UInt128(unsafe limbs[i]) : 0 }
    let zeros = limb(count - 1).leadingZeroBitCount - 64
    let word = limb(count - 1) << 64 | limb(count - 2)
    let next = limb(count - 3) << UInt128(zeros)
    mantissa = word << UInt128(zeros) | next >> 64
    exponent = 64 * (count - 2) - zeros
    isNegative = size < 0
    isExact =
      UInt64(truncatingIfNeeded: next) == 0
      && (count < 4 || (0..<(count - 3)).allSatisfy { limb($0) == 0 })
  }
}
