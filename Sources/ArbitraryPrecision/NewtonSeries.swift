// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A polynomial in Newton's form, in fixed-point numbers of one unit:
///
///     p(k) = sum over j < J of a_j (k)_j/L^j,   (k)_j = k(k-1)...(k-j+1),   L = 2^b,
///
/// at integers k in 0...L. Horner's scheme S_j = a_j + S_(j+1) (k-j)/L takes a product of a word and
/// a machine integer a step; it begins at j = k, where the terms beyond are zero.
///
/// Errors, in units: S_j errs by e_j of a_j, by less than 1 for the shift, which rounds down, and by
/// (k-j)/L of what S_(j+1) errs by. Together less than e_0 + 1 + (k/L) sum of (e_j + 1), j >= 1.
package struct NewtonSeries: Sendable {
  private let words: [Int128]
  private let exponent: Int
  private let lengthBits: Int
  /// e_0 + 1, and what is multiplied by k/L.
  private let error: (fixed: Double, slope: Double)

  /// The series of real coefficients, none of which is unknown; nil if one is, or all are zero.
  ///
  /// - Parameters:
  ///   - coefficients: a_0, ..., a_(J-1); their imaginary parts are zero.
  ///   - remainder: What is left out is at most that times (k)_J/L^J.
  ///   - lengthBits: b, at most 62.
  package init?(_ coefficients: [ComplexWord], remainder: Magnitude, lengthBits: Int) {
    // The sum of all |a_j|, and so every |S_j|, is below 2^124 units.
    let sum = coefficients.reduce(Magnitude.zero) { $0 + $1.size }
    guard sum.mantissa > 0, sum.mantissa < .infinity, lengthBits <= 62 else { return nil }
    let unit = sum.exponent - 124
    var errors = coefficients.map { coefficient in
      coefficient.bound == 0
        ? 0
        : ComplexWord.scaled(
          coefficient.norm * coefficient.bound, byPowerOfTwo: coefficient.exponent + 64 - unit)
    }
    words = coefficients.indices.map { j in
      // |a_j| >= 2^124 in its own units unless it is zero, so the shift is to the right.
      let shift = coefficients[j].isZero ? 0 : unit - coefficients[j].exponent
      let word = coefficients[j].re &>> Int128(min(shift, 127))
      if shift > 127 || word &<< Int128(shift) != coefficients[j].re { errors[j] += 1 }
      return word
    }
    exponent = unit
    self.lengthBits = lengthBits
    let rest = ComplexWord.scaled(remainder.mantissa, byPowerOfTwo: remainder.exponent - unit)
    let slope = errors.dropFirst().reduce(rest) { $0 + $1 + 1 }
    // Fewer than 2^8 sums, and a quotient below.
    error = (errors[0] + 1, slope * (1 + 0x1p-40))
    guard error.fixed < 0x1p118, slope < 0x1p118 else { return nil }
  }

  /// p(k), which is known not to be negative, for k in 0...2^b.
  package func value(_ k: Int) -> ComplexWord {
    precondition(k >= 0 && k <= 1 << lengthBits, "a Newton series is evaluated within its length")
    var j = min(k, words.count - 1)
    var sum = words[j]
    while j > 0 {
      j -= 1
      sum = words[j] &+ sum.scaled(by: k - j, shift: lengthBits)
    }
    // (k)_J/L^J <= k/L.
    let share = Double(k) * Double(sign: .plus, exponent: -lengthBits, significand: 1)
    return ComplexWord(
      nonnegative: sum, exponent: exponent,
      error: (error.fixed + error.slope * share) * (1 + 0x1p-50))
  }
}

extension Int128 {
  /// floor(self factor 2^-shift) for a factor and a shift in 0...62, if it fits.
  @inline(__always)
  package func scaled(by factor: Int, shift: Int) -> Int128 {
    let low = UInt64(truncatingIfNeeded: self).multipliedFullWidth(by: UInt64(factor))
    let high = SplitWord.limbs(Int64(truncatingIfNeeded: self &>> 64), Int64(factor))
    let rest = (UInt128(low.high) << 64 | UInt128(low.low)) >> UInt128(shift)
    return high &<< Int128(64 - shift) &+ Int128(bitPattern: rest)
  }
}
