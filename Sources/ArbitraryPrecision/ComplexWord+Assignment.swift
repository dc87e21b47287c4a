// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Public for the modules of this package alone; what a protocol requires is documented there.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

internal import CMPFR

/// Numbers of other types, rounded toward zero by less than one unit of each part's last place if
/// they do not fit.
extension ComplexWord {
  /// Becomes an integer: exact.
  @inlinable
  public mutating func set(_ value: Int) {
    bound = 0
    _ = assign(Int128(value), 0, exponent: 0)
  }

  /// Becomes a finite `Double`: exact.
  @inlinable
  public mutating func set(_ value: Double) {
    guard let factor = Limb(value) else { return self = .unknown }
    bound = 0
    _ = assign(Int128(factor.word), 0, exponent: factor.exponent)
  }

  @inlinable
  public mutating func set(_ other: ComplexWord) { self = other }

  public mutating func set(_ value: Integer) { assign(LeadingWord(value), nil, error: .exact) }

  public mutating func set(_ real: borrowing RealBall) {
    guard real.value.isFinite else { return self = .unknown }
    assign(unsafe LeadingWord(real.value.pointer), nil, error: real.error)
  }

  public mutating func set(_ other: borrowing ComplexBall) {
    guard unsafe mpfr_number_p(other.x) != 0, unsafe mpfr_number_p(other.y) != 0 else {
      return self = .unknown
    }
    assign(unsafe LeadingWord(other.x), unsafe LeadingWord(other.y), error: other.error)
  }

  /// Becomes x + iy, where nil stands for zero.
  private mutating func assign(_ x: LeadingWord?, _ y: LeadingWord?, error: RelativeError) {
    bound = error.bound
    let top = max(x?.exponent ?? .min, y?.exponent ?? .min)
    guard top > .min else { return assignZero() }
    var isExact = true
    // 125 bits of the larger part, and what the other one has of the same size.
    func word(_ x: LeadingWord?) -> Int128 {
      guard let x else { return 0 }
      let shift = min(top - x.exponent + 3, 127)
      let magnitude = Int128(x.mantissa >> UInt128(shift))
      isExact = isExact && x.isExact && UInt128(magnitude) << UInt128(shift) == x.mantissa
      return x.isNegative ? -magnitude : magnitude
    }
    let (re, im) = (word(x), word(y))
    // A larger part of -2^124 becomes one of -2^125: exact.
    _ = assign(re, im, exponent: top + 3)
    if !isExact { lose() }
  }

  private mutating func assignZero() { (re, im, exponent) = (0, 0, 0) }

  /// A number that is not negative and differs from word 2^exponent by at most `error` units of it.
  ///
  /// An error of half the word or more leaves what is between 0 and the upper end, as a midpoint
  /// that errs by itself.
  public init(nonnegative word: Int128, exponent: Int, error: Double) {
    self.init()
    guard error < 0x1p120, word < 1 << 125 else {
      self = .unknown
      return
    }
    _ = assign(word, 0, exponent: exponent)
    guard error > 0 else { return }
    // A quotient, a scaling and a norm, within 2^-50 each; of zero it is infinite.
    bound = Self.scaled(error, byPowerOfTwo: exponent - self.exponent - 64) / norm * (1 + 0x1p-48)
    if bound < 0.5 { return }
    bound = 1
    _ = assign(max(word, 0) + Int128(error.rounded(.up)), 0, exponent: exponent)
  }
}

/// A limb word 2^exponent with a word of at least 2^62 in size, or zero: an integer or a `Double`.
@usableFromInline
struct Limb {
  @usableFromInline let word: Int64
  @usableFromInline let exponent: Int

  @inlinable
  init(_ value: Int) {
    let zeros = (value ^ (value >> 63)).leadingZeroBitCount
    word = Int64(value << (zeros - 1))
    exponent = 1 - zeros
  }

  /// Nil for infinity and what is not a number.
  @inlinable
  init?(_ value: Double) {
    let biased = Int(value.exponentBitPattern)
    let significand = Int(value.significandBitPattern)
    guard biased < 0x7ff else { return nil }
    // A subnormal number has no leading bit of its own.
    let limb = Limb(biased == 0 ? significand : significand | 1 << 52)
    word = value.sign == .minus ? -limb.word : limb.word
    exponent = limb.exponent + max(biased, 1) - 1075
  }
}
