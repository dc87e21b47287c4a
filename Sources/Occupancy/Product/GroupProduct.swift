// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A product of powers f_1^(k_1) f_2^(k_2) ... whose factors come one after another.
///
/// All factors share the squarings: with buckets b_i = the product of the f_j whose exponent k_j
/// has bit i, the result is ((b_t^2 b_(t-1))^2 ...)^2 b_0. So a factor costs as many products as
/// its exponent has bits that are set, and log2 of the largest exponent is paid once.
final class GroupProduct<Number: RigorousComplex & ~Copyable> {
  private let exponents: GroupExponents
  private let buckets: [BallBox<Number>]
  private var isEmpty: [Bool]
  private let scratch: Number.Scratch
  private var position = 0

  /// - Parameter exponents: k_1, k_2, ..., at least 1 each.
  init(exponents: [Int], precision: Int) {
    self.exponents = GroupExponents(exponents)
    buckets = (0..<self.exponents.width).map { _ in BallBox(precision: precision) }
    isEmpty = Array(repeating: true, count: buckets.count)
    scratch = Number.makeScratch(precision: precision)
  }

  /// Begins a new product.
  func begin() {
    for i in isEmpty.indices { isEmpty[i] = true }
    position = 0
  }

  /// Takes the next factor.
  func multiply(by factor: borrowing Number) {
    for i in exponents.range(position) {
      let bit = exponents.bits[i]
      if isEmpty[bit] {
        buckets[bit].ball.set(factor)
        isEmpty[bit] = false
      } else {
        buckets[bit].ball.multiply(by: factor, scratch)
      }
    }
    position += 1
  }

  /// Sets `result` to the product of all factors.
  func finish(into result: inout Number) {
    let top = buckets.count - 1
    result.set(buckets[top].ball)
    for bit in stride(from: top - 1, through: 0, by: -1) {
      result.square(scratch)
      if !isEmpty[bit] { result.multiply(by: buckets[bit].ball, scratch) }
    }
  }
}

/// The bits of positive exponents k_1, k_2, ...
struct GroupExponents: Sendable {
  /// The bits that are set in k_1, then those in k_2, ...; those of k_j begin at `starts[j]`.
  let bits: [Int]
  private let starts: [Int]
  /// The bits of the largest exponent.
  let width: Int

  init(_ exponents: [Int]) {
    var (bits, starts) = ([Int](), [0])
    for k in exponents {
      bits += (0..<Int.bitWidth).filter { k >> $0 & 1 == 1 }
      starts.append(bits.count)
    }
    (self.bits, self.starts) = (bits, starts)
    width = 1 + (bits.max() ?? 0)
  }

  /// Where `bits` lists those of an exponent.
  func range(_ position: Int) -> Range<Int> { starts[position]..<starts[position + 1] }
}
