// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A product of powers f_1^(k_1) f_2^(k_2) ... whose factors come one after another.
///
/// All factors share the squarings: with buckets b_i = the product of the f_j whose exponent k_j
/// has bit i, the result is ((b_t^2 b_(t-1))^2 ...)^2 b_0. So a factor costs as many products as
/// its exponent has bits that are set, and log2 of the largest exponent is paid once.
@_spi(Arithmetic) public final class GroupProduct<Number: RigorousNumber & ~Copyable> {
  @usableFromInline let exponents: [Int]
  @usableFromInline let buckets: BallVector<Number>
  /// Which buckets hold a product, bit by bit.
  @usableFromInline var filled = 0
  @usableFromInline let scratch: Number.Scratch
  @usableFromInline var position = 0

  /// - Parameter exponents: k_1, k_2, ..., at least 1 each.
  @inlinable
  public init(exponents: [Int], precision: Int) {
    self.exponents = exponents
    buckets = BallVector(count: (exponents.max() ?? 1).bitLength, precision: precision)
    scratch = Number.makeScratch(precision: precision)
  }

  /// Begins a new product.
  @inlinable
  public func begin() { (filled, position) = (0, 0) }

  /// Takes the next factor.
  @inlinable
  public func multiply(by factor: borrowing Number) {
    var left = exponents[position]
    while left != 0 {
      let bit = left.trailingZeroBitCount
      if filled >> bit & 1 == 0 {
        buckets[bit].set(factor)
      } else {
        buckets[bit].multiply(by: factor, scratch)
      }
      filled |= left & -left
      left &= left - 1
    }
    position += 1
  }

  /// Sets `result` to the product of all factors.
  @inlinable
  public func finish(into result: inout Number) {
    let top = buckets.count - 1
    result.set(buckets[top])
    for bit in (0..<top).reversed() {
      result.square(scratch)
      if filled >> bit & 1 == 1 { result.multiply(by: buckets[bit], scratch) }
    }
  }
}
