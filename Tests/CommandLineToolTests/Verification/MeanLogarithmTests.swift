// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@testable import CommandLineTool

@Suite struct MeanLogarithmTests {
  /// E ln(1 + m + n y + (K - m - n) x) by definition, n at most m + 1 if it is capped.
  private func expected(
    negatives k: Int, y: Double, x: Double, isCapped: Bool = false, mass: (Int, Int) -> Rational
  ) -> Enclosure {
    var sum = Enclosure(0)
    for m in 0...k {
      for n in 0...(k - m) {
        let count = isCapped ? min(n, m + 1) : n
        let inY: Rational = Real(y).rational * Rational(count)
        let inX: Rational = Real(x).rational * Rational(k - m - n)
        let argument: Rational = Rational(1 + m) + inY + inX
        let logarithm = Enclosure(argument, precision: 120).naturalLogarithm(precision: 120)
        sum = sum.adding(logarithm.scaled(by: mass(m, n), precision: 120), precision: 120)
      }
    }
    return sum
  }

  private func multinomial(
    _ k: Int, _ own: Rational, _ other: Rational
  ) -> (Int, Int) -> Rational {
    { m, n in
      let rest = k - m - n
      let ways = Integer.binomial(k, m) * Integer.binomial(k - m, n)
      let left: Rational = 1 - own - other
      let chance: Rational = own.power(m) * other.power(n)
      return Rational(ways) * chance * left.power(rest)
    }
  }

  /// Whether a value is as near as it says, and that is near.
  private func expect(_ found: (value: Double, error: Double), _ exact: Enclosure) {
    let (low, high) = (
      Real(found.value).rational - Real(found.error).rational,
      Real(found.value).rational + Real(found.error).rational
    )
    #expect(
      exact.lower.compare(low) >= 0 && exact.upper.compare(high) <= 0, "\(found), \(exact)")
    #expect(found.error < 1e-14 * (1 + found.value))
  }

  @Test("The integral is the mean over all pairs", arguments: [1, 2, 9, 20])
  func integral(negatives: Int) {
    for (own, other) in [(Rational(1, 10), Rational(1, 10)), (Rational(3, 7), Rational(1, 49))] {
      let function = PairIntegral(own: own, other: other, negatives: negatives)
      for (y, x) in [(0.0, 0.0), (1, 1), (54, 0.01), (1e-9, 0), (3e8, 2.5), (0x1p60, 0x1p-40)] {
        let exact = expected(
          negatives: negatives, y: y, x: x, mass: multinomial(negatives, own, other))
        expect(function.value(y: y, x: x), exact)
      }
    }
  }

  @Test("The table is the mean over all pairs, capped or not", arguments: [1, 3, 12])
  func table(negatives k: Int) throws {
    for isCapped in [false, true] {
      for isIndependent in [false, true] {
        let (own, other, total) = (8, 5, 40)
        let table = try #require(
          PairTable(
            own: own, other: other, total: total, isIndependent: isIndependent, negatives: k,
            isCapped: isCapped))
        let independent = multinomial(k, Rational(own, total), Rational(other, total))
        let all = Integer.binomial(total - 1, k)
        let mass: (Int, Int) -> Rational = { m, n in
          if isIndependent { return independent(m, n) }
          let ways = Integer.binomial(own - 1, m) * Integer.binomial(other, n)
          return Rational(ways * Integer.binomial(total - own - other, k - m - n), all)
        }
        for y in [0.0, 0.3, 54, 1e9] {
          expect(
            table.value(y: y, x: 0),
            expected(negatives: k, y: y, x: 0, isCapped: isCapped, mass: mass))
        }
      }
    }
  }

  @Test("Tables that are too long are not made")
  func long() {
    #expect(
      PairTable(
        own: 1, other: 1, total: 10, isIndependent: true, negatives: 1 << 17, isCapped: true) == nil
    )
  }
}
