// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The precision at which bounds of errors are evaluated, in bits.
package let boundPrecision = 64

/// A precision, at least the one given, at which products are as fast or faster: MPFR has code of
/// its own for up to three limbs but one bit. Beyond, a multiple of half a limb.
package func fastPrecision(atLeast bits: Int) -> Int {
  bits < 192 ? (bits + 64) / 64 * 64 - 1 : (bits + 31) / 32 * 32
}
