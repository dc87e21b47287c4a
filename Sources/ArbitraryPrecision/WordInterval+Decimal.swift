// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Correctly rounded decimals of a few digits.
extension WordInterval {
  /// The most digits for which the scaled numbers have at least 60 bits behind the point.
  static let largestDigitCount = 19

  /// The decimal of so many significant digits that every number of the interval rounds to, as
  /// `DecimalDigits` lays it out with all its digits; nil if there is none, if one of the numbers
  /// is a tie or a shorter decimal, or if there are too many digits.
  ///
  /// With P 2^s <= 10^q < (P + 2) 2^s and words x in lower...upper the number x 10^q lies above
  /// L 2^(128 + s), L = floor(lower P 2^-128) - 1, and below U 2^(128 + s), U = floor(upper P
  /// 2^-128) + 3, as upper < 2^128 adds less than 2 for the power and the rest of the quotient is
  /// below 1. Both bounds are strict: where x 10^q + 1/2 has the same integer part N at both,
  /// no number between is a tie.
  func decimal(significantDigits count: Int) -> String? {
    guard count <= Self.largestDigitCount, abs(exponent + 127) < 1600 else { return nil }
    let limit = DecimalPowers.shared.small(count)
    // 10^(e-1) <= 2^(exponent + 127) <= upper 2^exponent < 10^(e+1)
    var e = Int((Double(exponent + 127) * 0.301_029_995_663_981_2).rounded(.down)) + 1
    var (low, high, shift) = (UInt128(0), UInt128(0), 0)
    for attempt in 0...1 {
      guard let power = DecimalPowers.shared.power(count - e) else { return nil }
      low = Self.highProduct(lower, power.mantissa) &- 1
      high = Self.highProduct(upper, power.mantissa) &+ 3
      shift = -(128 + exponent + power.exponent)
      guard 0 < shift, shift < 128, high >= 3, low < high else { return nil }
      // Whether one digit more stands before the point.
      guard high >> UInt128(shift) >= limit else { break }
      guard attempt == 0, low >> UInt128(shift) >= limit else { return nil }
      e += 1
    }
    let s = UInt128(shift)
    guard low >> s >= DecimalPowers.shared.small(count - 1) else { return nil }
    let n = low >> s &+ low >> (s &- 1) & 1
    guard n == high >> s &+ high >> (s &- 1) & 1 else { return nil }
    var rest = UInt64(n)
    // Trailing zeros stay only where the decimal is surely not the number.
    guard rest % 10 != 0 || high >> s < n || low >> s >= n else { return nil }
    // 999.. was rounded up to 1000..
    if n == limit {
      rest /= 10
      e += 1
    }
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { digits in
      for i in (0..<count).reversed() {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        unsafe digits[i] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      }
      return unsafe DecimalDigits.text(
        UnsafeBufferPointer(digits), exponent: e, isNegative: isNegative)
    }
  }
}

/// Powers of ten to 128 bits, computed when they are first used.
struct DecimalPowers: Sendable {
  static let shared = DecimalPowers()

  /// 10^i for i < 32, exactly.
  private let fine: [UInt128]
  /// m and s with m 2^s <= 10^(32 i) < (m + 1) 2^s, for i = -16..<16.
  private let coarse: [(mantissa: UInt128, exponent: Int)]

  private init() {
    var power: UInt128 = 1
    fine = (0..<32).map { _ in
      defer { power *= 10 }
      return power
    }
    coarse = (-16..<16).map { i in
      let value = Real(Rational(10).power(32 * i), precision: 128, rounding: .down)
      guard let word = LeadingWord(value) else {
        preconditionFailure("a power of ten is positive")
      }
      return (word.mantissa, word.exponent)
    }
  }

  /// 10^i, 0 <= i < 32.
  func small(_ i: Int) -> UInt128 { fine[i] }

  /// P and s with P 2^s <= 10^q < (P + 2) 2^s, P at least 2^126; nil for a q out of -512..<512.
  ///
  /// With 10^(q mod 32) = f exactly and c <= 10^(q - q mod 32) < c + 1 in units, c f is a product
  /// of two words of 128 bits whose highest bits are set: f adds less than 1, the quotient another.
  func power(_ q: Int) -> (mantissa: UInt128, exponent: Int)? {
    guard (-512..<512).contains(q) else { return nil }
    let (c, f) = (coarse[q >> 5 + 16], fine[q & 31])
    let zeros = f.leadingZeroBitCount
    return (
      WordInterval.highProduct(c.mantissa, f &<< UInt128(zeros)), c.exponent + 128 - zeros
    )
  }
}
