// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// E[B] and E[B(B+1)] of the number B of packs until every required class was seen, by a positive
/// recurrence.
///
/// Let s required classes be left. A pack shows i of them with probability a_i/W, a_i = binom(s, i)
/// binom(C-s, k-i), W = a_0 + a_1 + ... With D = W - a_0 = a_1 + a_2 + ... and f, h for the two
/// moments,
///
///     D f(s) = W + sum_(i>=1) a_i f(s-i),     D h(s) = 2 W f(s) + sum_(i>=1) a_i h(s-i),
///
/// as B = 1 + B' gives B(B+1) = 2B + B'(B'+1). All terms are positive: nothing cancels.
struct PackMomentRecurrence {
  let classCount: Int
  let packSize: Int
  let requiredCount: Int

  /// How many terms a_i there are in all, at most.
  static func stepCount(packSize: Int, requiredCount: Int) -> Double {
    Double(requiredCount) * Double(min(packSize, requiredCount) + 1)
  }

  /// Both moments with a relative error of at most 2^-bits.
  ///
  /// - Complexity: O(R k) products and quotients; memory for 2k numbers.
  func moments(bits: Int) -> WaitingMoments {
    // At most N = (R+1)(7k + 5) factors (1 + d)^(+-1), |d| <= u = 2^-precision, beside the exact
    // values (Theorem 13): a relative error of at most N u/(1 - N u) <= 2 N u.
    let count = Double(requiredCount + 1) * Double(7 * packSize + 5)
    let precision = bits + 3 + Int(count.exponent)
    let ring = packSize + 1
    var first = AccumulatorVector(count: ring, precision: precision)
    var second = AccumulatorVector(count: ring, precision: precision)
    var row = Row(precision: precision)
    for s in 1...requiredCount {
      row.form(s, classCount: classCount, packSize: packSize, &first, &second)
    }
    let last = requiredCount % ring
    func enclosure(_ value: Real) -> Enclosure {
      Enclosure(lower: value, upper: value).widened(
        by: Magnitude(value) * Magnitude(2 * count, exponent: -precision), precision: precision)
    }
    return WaitingMoments(
      mean: enclosure(first.value(last)), rising: enclosure(second.value(last)))
  }

  /// The temporaries of one s.
  private struct Row: ~Copyable {
    private var weight, all, rest, sum, rising, scratch: Accumulator

    init(precision: Int) {
      weight = Accumulator(precision: precision)
      all = Accumulator(precision: precision)
      rest = Accumulator(precision: precision)
      sum = Accumulator(precision: precision)
      rising = Accumulator(precision: precision)
      scratch = Accumulator(precision: precision)
    }

    /// Sets f(s) and h(s), kept at s modulo the length of the rings.
    mutating func form(
      _ s: Int, classCount c: Int, packSize k: Int, _ first: inout AccumulatorVector,
      _ second: inout AccumulatorVector
    ) {
      let least = max(0, k - (c - s))
      let ring = first.count
      // Any multiple of the a_i will do.
      weight.set(1, rounding: .nearest)
      rest.set(0, rounding: .nearest)
      sum.set(0, rounding: .nearest)
      rising.set(0, rounding: .nearest)
      all.set(least == 0 ? 1 : 0, rounding: .nearest)
      for i in least...min(s, k) {
        if i > 0 {
          rest.add(weight, rounding: .nearest)
          first.addProduct(of: (s - i) % ring, weight, to: &sum, scratch: &scratch)
          second.addProduct(of: (s - i) % ring, weight, to: &rising, scratch: &scratch)
        }
        if i == min(s, k) { break }
        // a_(i+1)/a_i
        weight.multiply(by: (s - i) * (k - i), rounding: .nearest)
        weight.divide(by: (i + 1) * (c - s - k + i + 1), rounding: .nearest)
      }
      all.add(rest, rounding: .nearest)
      sum.add(all, rounding: .nearest)
      sum.divide(by: rest, rounding: .nearest)
      first.set(s % ring, to: sum)
      all.scale(byPowerOfTwo: 1)
      all.multiply(by: sum, rounding: .nearest)
      rising.add(all, rounding: .nearest)
      rising.divide(by: rest, rounding: .nearest)
      second.set(s % ring, to: rising)
    }
  }
}
