// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import ArbitraryPrecision

@Suite struct LogarithmDifferencesTests {
  private func logarithm(_ n: Int, precision: Int) -> Real {
    Enclosure(n).naturalLogarithm(precision: precision).lower
  }

  /// d_j(m) within 2^-1000.
  private func difference(_ m: Int, order j: Int) -> Rational {
    if j == 0 { return m == 0 ? 0 : logarithm(m + 1, precision: 1200).rational }
    // (-1)^(j-1) sum of (-1)^(j-i) binom(j,i) ln(1+m+i)
    return (0...j).reduce(0) { sum, i in
      let term = Rational(Integer.binomial(j, i)) * difference(m + i, order: 0)
      return (i % 2 == 1) ? sum + term : sum - term
    }
  }

  @Test func `entries lack less than 1_001 units up to the 90th difference`() throws {
    for first in [0, 1, 57, 3000] {
      let table = try #require(
        LogarithmDifferences(of: first...(first + 3), order: 90) {
          logarithm($0, precision: 300)
        })
      for j in [0, 1, 2, 3, 17, 50, 89, 90] {
        for m in first...(first + 3) {
          // With the weight 2^123 a sum is the entry of 2^-125, less half a unit.
          let word = table.sum([1 << 123], from: m, order: j)
          let unit = powerOfTwo(LogarithmDifferences.unitExponent(j) - 123)
          let exact = difference(m, order: j)
          let found = Rational(Int(word >> 62)) * powerOfTwo(62) * unit
          let low = Rational(Int(word & (1 << 62 - 1))) * unit
          let error = exact - found - low
          #expect(error.magnitude < unit, "d_\(j)(\(m))")
          #expect(j == 0 || exact.signum > 0)
        }
      }
    }
  }

  @Test func `sums of weighted entries err by a unit a term`() throws {
    let table = try #require(
      LogarithmDifferences(of: 5...40, order: 9) { logarithm($0, precision: 300) })
    forRandomInput(50) { random in
      let (first, j) = (random.int(5...35), random.int(0...9))
      let weights = (0..<random.int(1...(41 - first))).map { _ in random.int(0...(1 << 62)) }
      let exact = weights.enumerated().reduce(Rational(0)) {
        $0 + Rational($1.element) * difference(first + $1.offset, order: j)
      }
      let unit = powerOfTwo(LogarithmDifferences.unitExponent(j))
      let sum = table.sum(weights.map { Int128($0) }, from: first, order: j)
      let error = (Rational(Int(sum)) * unit - exact) / unit
      check(error.magnitude <= Rational(weights.count), random.note)
    }
  }

  @Test func `logarithms of 64 and more are refused`() {
    #expect(LogarithmDifferences(of: 0...1, order: 2) { _ in Real(64) } == nil)
  }
}
