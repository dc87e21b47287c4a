// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Logarithms of integers, shared by the classes of a law.
///
/// Up to a limit, ln of a composite number is the sum of the logarithms of its prime factors: of
/// the integers up to 1000 only one in six takes a logarithm of its own.
package final class IntegerLogarithms {
  private let precision: Int
  /// The smallest prime factor of each index.
  private let smallestFactor: [Int32]
  private var known: [Real?]

  package init(limit: Int, precision: Int) {
    self.precision = precision
    var factor = [Int32](repeating: 0, count: limit + 1)
    for p in stride(from: 2, through: limit, by: 1) where factor[p] == 0 {
      for multiple in stride(from: p, through: limit, by: p) where factor[multiple] == 0 {
        factor[multiple] = Int32(p)
      }
    }
    smallestFactor = factor
    known = [Real?](repeating: nil, count: limit + 1)
  }

  /// The relative error of every value.
  ///
  /// n <= 2^62 has at most 62 prime factors, so a sum takes at most 61 rounded additions of
  /// positive numbers that are rounded once themselves.
  package var error: RelativeError { .roundings(62, precision: precision) }

  /// ln n for n >= 2, within `error`.
  package func logarithm(_ n: Int) -> Real {
    if n < known.count, let value = known[n] { return value }
    var result = Accumulator(precision: precision)
    let factor = n < known.count ? Int(smallestFactor[n]) : n
    if factor == n {
      // n itself must not be rounded: 64 bits hold it.
      result = Accumulator(n, precision: max(precision, 64))
      result.formLogarithm(rounding: .nearest)
    } else {
      result.set(logarithm(factor), rounding: .nearest)
      result.add(logarithm(n / factor), rounding: .nearest)
    }
    let value = Real(result)
    if n < known.count { known[n] = value }
    return value
  }
}
