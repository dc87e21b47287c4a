// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A word x = high 2^63 + low with 0 <= low < 2^63: limbs whose products need no correction of
/// signs.
@usableFromInline
struct SplitWord: Sendable {
  @usableFromInline let high: Int64
  @usableFromInline let low: Int64

  /// - Precondition: -2^126 <= x < 2^126.
  @inlinable @inline(__always)
  init(_ x: Int128) {
    high = Int64(truncatingIfNeeded: x &>> 63)
    low = Int64(truncatingIfNeeded: x) & .max
  }

  /// A word that is a limb times 2^63.
  @inlinable @inline(__always)
  init(high: Int64) {
    self.high = high
    low = 0
  }

  @inlinable @inline(__always)
  static func * (a: SplitWord, b: SplitWord) -> Product {
    Product(
      top: Self.limbs(a.high, b.high),
      cross: Self.limbs(a.high, b.low) &+ Self.limbs(a.low, b.high),
      bottom: Self.limbs(a.low, b.low))
  }

  /// A product of limbs: one machine instruction.
  @inlinable @inline(__always)
  static func limbs(_ a: Int64, _ b: Int64) -> Int128 {
    let product = a.multipliedFullWidth(by: b)
    return Int128(product.high) &<< 64 | Int128(product.low)
  }

  /// top 2^126 + cross 2^63 + bottom: a product, or a sum of two, exactly.
  ///
  /// Who makes it sees to it that no part overflows. |cross| of a product is at most 2^127 - 2^64,
  /// and `bottom` less than 2^126, so one product never does. A sum of two does not if the words
  /// are at most 2^125 in size: |cross| <= 4 2^62 (2^63 - 1) = 2^127 - 2^64 where it is negative,
  /// and at most 4 (2^62 - 1)(2^63 - 1) < 2^127 - 2^65 where it is positive, unless a word is
  /// 2^125, whose low limb is zero; |bottom| < 2^127. In both cases there is room for the 2^64 that
  /// `rounded` adds.
  @usableFromInline
  struct Product {
    @usableFromInline let top, cross, bottom: Int128

    @inlinable @inline(__always)
    init(top: Int128, cross: Int128, bottom: Int128) {
      self.top = top
      self.cross = cross
      self.bottom = bottom
    }

    @inlinable @inline(__always)
    static func + (p: Product, q: Product) -> Product {
      Product(top: p.top &+ q.top, cross: p.cross &+ q.cross, bottom: p.bottom &+ q.bottom)
    }

    @inlinable @inline(__always)
    static func - (p: Product, q: Product) -> Product {
      Product(top: p.top &- q.top, cross: p.cross &- q.cross, bottom: p.bottom &- q.bottom)
    }

    /// The integer nearest to the product over 2^(126 - k), k <= 3, within 1/2 + 2^-60.
    ///
    /// What is cut off the lowest part is less than 2^-63 2^k of a unit; the rest is rounded once.
    @inlinable @inline(__always)
    func rounded(doublings k: Int128 = 0) -> Int128 {
      let fraction = cross &+ (bottom &>> 63) &+ (1 &<< (62 &- k))
      return (top &<< k) &+ (fraction &>> (63 &- k))
    }
  }
}
