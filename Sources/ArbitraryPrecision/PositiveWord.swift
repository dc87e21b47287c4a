// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// A number that is not negative, with a significand of two words, for recurrences of positive terms:
/// operations round down, by less than 2^-127 of their result each.
@_spi(Arithmetic) public struct PositiveWord: Sendable {
  /// The number is mantissa 2^exponent; of the mantissa the highest bit is set, or it is 0.
  @usableFromInline var mantissa: UInt128
  @usableFromInline var exponent: Int

  @inlinable
  init(mantissa: UInt128, exponent: Int) {
    (self.mantissa, self.exponent) = (mantissa, exponent)
  }

  /// Operations err by less than 2^-precision of their result.
  public static var precision: Int { 127 }

  /// An integer that is not negative, exactly.
  @inlinable
  public init(_ n: Int) {
    let word = UInt128(UInt(n))
    let zeros = n == 0 ? 0 : word.leadingZeroBitCount
    self.init(mantissa: word << UInt128(zeros), exponent: -zeros)
  }

  /// Multiplies by an integer that is not negative.
  @inlinable
  public mutating func multiply(by n: Int) {
    guard mantissa != 0, n != 0 else {
      self = PositiveWord(0)
      return
    }
    let factor = UInt64(n)
    let (carry, low) = UInt64(truncatingIfNeeded: mantissa).multipliedFullWidth(by: factor)
    let (high, middle) = UInt64(truncatingIfNeeded: mantissa &>> 64)
      .multipliedFullWidth(by: factor)
    // floor(m n/2^64) < 2^128, and at least 2^63.
    let top = (UInt128(high) &<< 64 | UInt128(middle)) &+ UInt128(carry)
    let zeros = top.leadingZeroBitCount
    // What is cut is below one unit of a significand of 2^127 or more.
    mantissa = top &<< UInt128(zeros) | UInt128(low) &>> UInt128(64 &- zeros)
    exponent = exponent &+ 64 &- zeros
  }

  /// Adds a number.
  @inlinable
  public mutating func add(_ other: PositiveWord) {
    guard mantissa != 0, other.mantissa != 0 else {
      if mantissa == 0 { self = other }
      return
    }
    let (large, small) = exponent >= other.exponent ? (self, other) : (other, self)
    let shift = large.exponent &- small.exponent
    guard shift < 128 else {
      self = large
      return
    }
    // What is cut here is below one unit of a sum of 2^127 or more; with the carry, below two of a
    // sum of 2^128 or more.
    let (sum, isCarried) = large.mantissa.addingReportingOverflow(
      small.mantissa &>> UInt128(shift))
    mantissa = isCarried ? sum &>> 1 | 1 &<< 127 : sum
    exponent = large.exponent &+ (isCarried ? 1 : 0)
  }

  /// The number, exactly.
  public var real: Real {
    mantissa == 0 ? Real(0) : Real(normalized: mantissa, exponent: exponent)
  }
}
