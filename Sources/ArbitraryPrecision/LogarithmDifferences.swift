// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The logarithm of 1 + m and the sizes of its finite differences, in fixed-point numbers:
///
///     d_0(m) = ln(1+m),   d_j(m) = (-1)^(j-1) Delta^j ln(1+m) = d_(j-1)(m) - d_(j-1)(m+1) for j > 1
///
/// and d_1(m) = d_0(m+1) - d_0(m). All are positive but for d_0(0), fall as j >= 1 or m rises, and
/// are at most ln 2 for j >= 1: they are integrals of e^(-s(1+m)) (1 - e^-s)^j/s.
///
/// Each difference doubles the errors, so they are taken in two words with units 2^-226. An
/// entry lacks less than 1.001 units of 2^-125, or of 2^-119 for j = 0: logarithms below 2^6 err by
/// 2^-226 and by less than 2^-240 of theirs before, d_j by 2^j of that, and 2^(90-226) is small.
package struct LogarithmDifferences: Sendable {
  private let first: Int
  /// For each j the words of all m, not negative and below 2^125.
  let rows: [[Int128]]

  /// The units of a sum for j, in those of the weights: 2^7, or 1.
  package static func unitExponent(_ j: Int) -> Int { j == 0 ? 7 : 0 }

  /// The differences up to an order of at most 90, nil if a logarithm is 2^6 or more.
  ///
  /// - Parameter logarithm: ln n within 2^-246 of itself, with at least 256 bits.
  package init?(of numbers: ClosedRange<Int>, order: Int, logarithm: (_ n: Int) -> Real) {
    precondition(order <= 90, "differences of the logarithm up to the 90th")
    first = numbers.lowerBound
    var entries: [(high: Int128, low: Int128)] = []
    for m in first...(numbers.upperBound + order) {
      // ln(1+m) = high 2^-100 + low 2^-226 up to a unit.
      var rest = Accumulator(precision: 256)
      if m > 0 { rest.set(logarithm(m + 1), rounding: .nearest) }
      guard let high = rest.word(scale: 100), high < 1 << 106 else { return nil }
      rest.add(word: -high, exponent: -100)
      guard let low = rest.word(scale: 226) else { return nil }
      entries.append((high, low))
    }
    var rows: [[Int128]] = []
    for j in 0...order {
      if j > 0 {
        for i in 0..<(entries.count - 1) {
          let (x, y) = j == 1 ? (entries[i + 1], entries[i]) : (entries[i], entries[i + 1])
          let low = x.low &- y.low
          entries[i] = (x.high &- y.high &+ (low &>> 126), low & (1 &<< 126 &- 1))
        }
        entries.removeLast()
      }
      // Units of 2^-100 and 2^-226 in those of 2^-125 or 2^-119.
      let shift: Int128 = j == 0 ? 19 : 25
      rows.append(
        entries.prefix(numbers.count).map { $0.high &<< shift &+ $0.low &>> (126 &- shift) })
    }
    self.rows = rows
  }

  /// The sum of weights[i] d_j(m + i), but for what the weights and the entries err by: too small by
  /// at most 3/8 of a unit a term and 3/8, too large by at most 1/2.
  ///
  /// A product a b 2^-122 of a weight and an entry is (2^6 a) b 2^-128. With limbs a', a'' and b', b''
  /// it is a' b' and what a' b'' and a'' b' are over 2^64, each cut off by less than 1, and a'' b''
  /// over 2^128, which is left out: it lacks less than 3 of 2^-3 units. The sum of such units is
  /// rounded to whole ones.
  ///
  /// - Parameters:
  ///   - weights: Not negative, at most 2^120, with a sum below 2^124.
  ///   - m: Where they begin.
  package func sum(_ weights: [Int128], from m: Int, order j: Int) -> Int128 {
    // Below 2^6 2^124 2^125 2^-128.
    var sum: UInt128 = 0
    let entries = rows[j][(m - first)..<(m - first + weights.count)]
    for (weight, entry) in zip(weights, entries) {
      let (a, b) = (UInt128(truncatingIfNeeded: weight &<< 6), UInt128(truncatingIfNeeded: entry))
      let (high, low) = (UInt64(a &>> 64), UInt64(truncatingIfNeeded: a))
      let (top, bottom) = (UInt64(b &>> 64), UInt64(truncatingIfNeeded: b))
      // Below 2^62 and 2^61.
      let cross = high.multipliedFullWidth(by: bottom).high &+ low.multipliedFullWidth(by: top).high
      let product = high.multipliedFullWidth(by: top)
      sum &+= UInt128(product.high) &<< 64 | UInt128(product.low)
      sum &+= UInt128(cross)
    }
    // In units of 2^-3, or of 2^-4 for those of j = 0.
    let shift: UInt128 = j == 0 ? 4 : 3
    return Int128((sum &+ (1 &<< (shift &- 1))) &>> shift)
  }
}
