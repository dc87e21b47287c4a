// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// An interval of numbers of one sign that does not reach zero, of fixed size: no operation
/// allocates.
///
/// What nearly every printed number passes through: narrow enough for 19 digits and wide enough in
/// its exponents for all of them.
package struct WordInterval: Equatable, Sendable {
  /// The absolute values lie within lower 2^exponent...upper 2^exponent: 0 < lower <= upper, and
  /// the highest bit of `upper` is set.
  let lower, upper: UInt128
  let exponent: Int
  let isNegative: Bool

  /// The numbers with absolute values between two positive words in units of 2^exponent.
  ///
  /// - Precondition: 0 < lower <= upper.
  init(lower: UInt128, upper: UInt128, exponent: Int, isNegative: Bool = false) {
    precondition(0 < lower && lower <= upper, "the ends of an interval off zero, in order")
    let zeros = upper.leadingZeroBitCount
    self.lower = lower &<< UInt128(zeros)
    self.upper = upper &<< UInt128(zeros)
    self.exponent = exponent - zeros
    self.isNegative = isNegative
  }

  /// The interval between two numbers, each end moved outward by less than one unit of `upper`;
  /// nil if it reaches zero or infinity, or its ends are too far apart for one exponent.
  init?(from lower: Real, through upper: Real) {
    guard let low = LeadingWord(lower), let high = LeadingWord(upper),
      low.isNegative == high.isNegative
    else { return nil }
    let (small, large) = low.isNegative ? (high, low) : (low, high)
    let shift = large.exponent - small.exponent
    let (top, overflow) = large.mantissa.addingReportingOverflow(large.isExact ? 0 : 1)
    guard shift < 128, !overflow else { return nil }
    let bottom = small.mantissa >> UInt128(shift)
    guard bottom > 0 else { return nil }
    self.init(
      lower: bottom, upper: top, exponent: large.exponent, isNegative: low.isNegative)
  }

  /// Both ends as numbers, exactly; the lower one first.
  var ends: (lower: Real, upper: Real) {
    func end(_ mantissa: UInt128) -> Real {
      let zeros = mantissa.leadingZeroBitCount
      return Real(
        normalized: mantissa &<< UInt128(zeros), exponent: exponent - zeros, isNegative: isNegative)
    }
    return isNegative ? (end(upper), end(lower)) : (end(lower), end(upper))
  }

  /// Whether the width is at most 2^-precision times the smallest absolute value: decided exactly.
  func isWithin(relativePrecision precision: Int) -> Bool {
    upper - lower <= (precision < 128 ? lower >> UInt128(precision) : 0)
  }

  /// floor(a b / 2^128)
  @inline(__always)
  static func highProduct(_ a: UInt128, _ b: UInt128) -> UInt128 {
    func product(_ x: UInt64, _ y: UInt64) -> UInt128 {
      let (high, low) = x.multipliedFullWidth(by: y)
      return UInt128(high) &<< 64 | UInt128(low)
    }
    let (a1, a0) = (UInt64(truncatingIfNeeded: a &>> 64), UInt64(truncatingIfNeeded: a))
    let (b1, b0) = (UInt64(truncatingIfNeeded: b &>> 64), UInt64(truncatingIfNeeded: b))
    let (p, q) = (product(a1, b0), product(a0, b1))
    let low = UInt128(UInt64.max)
    // Three words below 2^64.
    let carry = (product(a0, b0) &>> 64 &+ p & low &+ q & low) &>> 64
    return product(a1, b1) &+ p &>> 64 &+ q &>> 64 &+ carry
  }
}
