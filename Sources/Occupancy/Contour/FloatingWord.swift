// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A positive number mantissa 2^exponent, 2^127 <= mantissa < 2^128, that operations round down.
///
/// What it lacks is counted by the caller: a product lacks less than 2^-124 of itself besides what its
/// factors lack, a product by an integer and a quotient as much.
struct FloatingWord {
  private(set) var mantissa: UInt128
  private(set) var exponent: Int

  /// word 2^exponent, word > 0.
  @inline(__always)
  init(_ word: UInt128, exponent: Int = 0) {
    let zeros = word.leadingZeroBitCount
    mantissa = word &<< FixedPoint.word(0, UInt64(zeros))
    self.exponent = exponent &- zeros
  }

  /// A positive number, rounded toward zero: it lacks less than 2^-120 of itself.
  init?(_ x: Real) {
    guard x.signum > 0, let size = x.binaryExponent, let word = x.word(scale: 126 - size) else {
      return nil
    }
    // 2^125 <= word < 2^126
    self.init(word.magnitude, exponent: size - 126)
  }

  /// The product of normalized mantissas is at least 2^126; it lacks less than 3 units.
  @inline(__always)
  mutating func multiply(by other: FloatingWord) {
    self = FloatingWord(
      FixedPoint.highProduct(mantissa, other.mantissa),
      exponent: exponent &+ other.exponent &+ 128)
  }

  /// - Precondition: factor > 0.
  @inline(__always)
  mutating func multiply(by factor: Int) {
    multiply(by: FloatingWord(FixedPoint.word(0, UInt64(factor))))
  }

  /// Long division by words: the quotient of mantissa 2^64 has 128 bits or more and is rounded down.
  ///
  /// - Precondition: divisor > 0.
  @inline(__always)
  mutating func divide(by divisor: Int) {
    let d = UInt64(divisor)
    let first = UInt64(truncatingIfNeeded: mantissa >> 64).quotientAndRemainder(dividingBy: d)
    let second = d.dividingFullWidth(
      (first.remainder, UInt64(truncatingIfNeeded: mantissa)))
    let third = d.dividingFullWidth((second.remainder, 0))
    // first 2^128 + second 2^64 + third = mantissa 2^64 / d, with `first` shifted out to the left.
    let zeros = first.quotient.leadingZeroBitCount
    let rest = FixedPoint.word(second.quotient, third.quotient)
    if zeros == 64 {
      self = FloatingWord(rest, exponent: exponent - 64)
    } else {
      let top = UInt128(first.quotient) << UInt128(64 + zeros)
      self = FloatingWord(top | rest >> UInt128(64 - zeros), exponent: exponent - zeros)
    }
  }

  /// The number as a `Double`, 0 below its range, near enough for planning.
  var approximation: Double {
    let size = Double(UInt64(truncatingIfNeeded: mantissa >> 64))
    let scale = min(max(exponent + 64, -1100), 900)
    return size * Double(sign: .plus, exponent: scale, significand: 1)
  }

  var real: Real { Real(normalized: mantissa, exponent: exponent) }
}
