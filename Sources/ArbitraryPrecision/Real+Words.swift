// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CMPFR

/// Numbers whose significand is two machine words.
extension Real {
  /// word 2^exponent, exactly.
  package init(word: Int128, exponent: Int) {
    var result = Accumulator(precision: 128)
    result.add(word: word, exponent: exponent)
    self.init(result)
  }

  /// mantissa 2^exponent or its negative, exactly, with 128 bits.
  ///
  /// - Precondition: the mantissa's highest bit is set.
  package init(normalized mantissa: UInt128, exponent: Int, isNegative: Bool = false) {
    var result = Accumulator(precision: 128)
    result.set(normalized: mantissa, exponent: exponent, isNegative: isNegative)
    self.init(result)
  }

  /// floor(|x| 2^scale) with the sign of x: x 2^scale rounded toward zero; nil if it has more than
  /// 126 bits.
  package func word(scale: Int) -> Int128? { unsafe fixedPoint(pointer, scale: scale) }
}

/// x 2^scale rounded toward zero; nil if it has more than 126 bits or is not a number.
private func fixedPoint(_ x: mpfr_srcptr, scale: Int) -> Int128? {
  guard let leading = unsafe LeadingWord(x) else { return unsafe mpfr_zero_p(x) != 0 ? 0 : nil }
  let shift = -(leading.exponent + scale)
  guard shift >= 2 else { return nil }
  if shift > 127 { return 0 }
  let magnitude = Int128(leading.mantissa >> UInt128(shift))
  return leading.isNegative ? -magnitude : magnitude
}

extension Accumulator {
  /// The value as `Real.word(scale:)` has it.
  package func word(scale: Int) -> Int128? { unsafe fixedPoint(pointer, scale: scale) }

  /// Becomes mantissa 2^exponent or its negative, rounded to nearest.
  ///
  /// - Precondition: the mantissa's highest bit is set.
  mutating func set(normalized mantissa: UInt128, exponent: Int, isNegative: Bool = false) {
    precondition(mantissa >> 127 == 1, "a normalized significand has its highest bit set")
    unsafe withNumber(mantissa, exponent: exponent, isNegative: isNegative) { x in
      _ = unsafe mpfr_set(pointer, x, MPFR_RNDN)
    }
  }

  /// Adds word 2^exponent, rounded to nearest.
  package mutating func add(word: Int128, exponent: Int) {
    let zeros = word.magnitude.leadingZeroBitCount
    if zeros == 128 { return }
    let mantissa = word.magnitude &<< UInt128(zeros)
    unsafe withNumber(mantissa, exponent: exponent - zeros, isNegative: word < 0) { x in
      _ = unsafe mpfr_add(pointer, pointer, x, MPFR_RNDN)
    }
  }
}

/// Runs `body` with a number on the stack: mantissa 2^exponent or its negative, whose mantissa's
/// highest bit is set.
@inline(__always)
private func withNumber(
  _ mantissa: UInt128, exponent: Int, isNegative: Bool, _ body: (mpfr_srcptr) -> Void
) {
  // The lowest limb first.
  var limbs = (
    mp_limb_t(truncatingIfNeeded: mantissa), mp_limb_t(truncatingIfNeeded: mantissa >> 64)
  )
  unsafe withUnsafeMutableBytes(of: &limbs) { bytes in
    let significand = unsafe bytes.assumingMemoryBound(to: mp_limb_t.self).baseAddress
    // MPFR keeps 0.m1m2... 2^e.
    var number = unsafe __mpfr_struct(
      _mpfr_prec: 128, _mpfr_sign: isNegative ? -1 : 1, _mpfr_exp: exponent + 128,
      _mpfr_d: significand)
    unsafe withUnsafePointer(to: &number) { unsafe body($0) }
  }
}
