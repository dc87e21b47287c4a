// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A number that is not negative, with a significand of two words, for recurrences of positive terms:
/// operations round down, by less than 2^-127 of their result each.
struct PositiveWord: Sendable {
  /// The number is mantissa 2^exponent; of the mantissa the highest bit is set, or it is 0.
  var mantissa: UInt128
  var exponent: Int

  init(mantissa: UInt128, exponent: Int) {
    (self.mantissa, self.exponent) = (mantissa, exponent)
  }

  /// Operations err by less than 2^-precision of their result.
  static var precision: Int { 127 }

  /// An integer that is not negative, exactly.
  init(_ n: Int) {
    let word = UInt128(UInt(n))
    let zeros = n == 0 ? 0 : word.leadingZeroBitCount
    self.init(mantissa: word << UInt128(zeros), exponent: -zeros)
  }

  /// Multiplies by an integer that is not negative.
  mutating func multiply(by n: Int) {
    guard mantissa != 0, n != 0 else {
      self = PositiveWord(0)
      return
    }
    let product = WideProduct(mantissa, UInt64(n))
    // What is cut is below one unit of a significand of 2^127 or more.
    let zeros = product.high.leadingZeroBitCount
    mantissa = product.high &<< UInt128(zeros) | UInt128(product.low) &>> UInt128(64 &- zeros)
    exponent = exponent &+ 64 &- zeros
  }

  /// x <- a x + b y for integers a and b that are not negative: rounds down by less than two units
  /// of 2^-127.
  @inline(__always)
  mutating func formRecurrence(_ a: Int, _ b: Int, _ y: PositiveWord) {
    guard mantissa != 0, a != 0 else {
      self = y
      return multiply(by: b)
    }
    guard y.mantissa != 0, b != 0 else { return multiply(by: a) }
    let shift = exponent &- y.exponent
    var (large, small) = (WideProduct(mantissa, UInt64(a)), WideProduct(y.mantissa, UInt64(b)))
    if shift < 0 { (large, small) = (small, large) }
    exponent = max(exponent, y.exponent)
    // What is cut here is below one unit of a sum of 2^127 or more; the sum is below 2^192.
    large.add(small, shiftedRightBy: abs(shift))
    let zeros = large.high.leadingZeroBitCount
    mantissa = large.high &<< UInt128(zeros) | UInt128(large.low) &>> UInt128(64 &- zeros)
    exponent = exponent &+ 64 &- zeros
  }

  /// e with 2^(e-1) <= x < 2^e; nil for zero.
  var binaryExponent: Int? { mantissa == 0 ? nil : exponent &+ 128 }

  /// The number, exactly.
  var real: Real {
    mantissa == 0 ? Real(0) : Real(normalized: mantissa, exponent: exponent)
  }
}

/// high 2^64 + low, a number of 192 bits.
struct WideProduct {
  var high: UInt128
  var low: UInt64

  /// The product of 2^127 or more and a factor that is not 0: high is 2^63 or more.
  @inline(__always)
  init(_ mantissa: UInt128, _ factor: UInt64) {
    let (carry, low) = UInt64(truncatingIfNeeded: mantissa).multipliedFullWidth(by: factor)
    let (top, middle) = UInt64(truncatingIfNeeded: mantissa &>> 64)
      .multipliedFullWidth(by: factor)
    self.low = low
    high = (UInt128(top) &<< 64 | UInt128(middle)) &+ UInt128(carry)
  }

  /// Adds floor(x/2^shift); the sum must fit.
  @inline(__always)
  mutating func add(_ x: WideProduct, shiftedRightBy shift: Int) {
    guard shift < 192 else { return }
    let part: UInt128 =
      shift < 64
      ? (UInt128(UInt64(truncatingIfNeeded: x.high)) &<< 64 | UInt128(x.low)) &>> UInt128(shift)
      : x.high &>> UInt128(shift &- 64)
    let isCarried: Bool
    (low, isCarried) = low.addingReportingOverflow(UInt64(truncatingIfNeeded: part))
    high = high &+ (shift < 128 ? x.high &>> UInt128(shift) : 0) &+ (isCarried ? 1 : 0)
  }
}
