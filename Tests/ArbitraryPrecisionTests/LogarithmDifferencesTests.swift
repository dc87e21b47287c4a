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

  private func rational(_ word: Int128) -> Rational { Real(word: word, exponent: 0).rational }

  @Test func `entries lack less than 1_001 units up to the 90th difference`() throws {
    for first in [0, 1, 57, 3000] {
      let table = try #require(
        LogarithmDifferences(of: first...(first + 3), order: 90) {
          logarithm($0, precision: 300)
        })
      for j in [0, 1, 2, 3, 17, 50, 89, 90] {
        for m in first...(first + 3) {
          let unit = powerOfTwo(j == 0 ? -119 : -125)
          let exact = difference(m, order: j)
          let lack = (exact - rational(table.rows[j][m - first]) * unit) / unit
          #expect(lack > Rational(-1, 1000) && lack < Rational(1001, 1000), "d_\(j)(\(m))")
          #expect(j == 0 || exact.signum > 0)
        }
      }
    }
  }

  @Test func `sums of weighted entries lack at most three eighths of a unit a term`() throws {
    let table = try #require(
      LogarithmDifferences(of: 5...40, order: 9) { logarithm($0, precision: 300) })
    forRandomInput(50) { random in
      let (first, j) = (random.int(5...35), random.int(0...9))
      let shift = random.int(0...58)
      let weights = (0..<random.int(1...min(16, 41 - first))).map { _ in
        Int128(random.int(0...(1 << 62))) << shift + Int128(random.int(0...(1 << shift - 1)))
      }
      let entries = table.rows[j][(first - 5)...].map(rational)
      let exact = zip(weights, entries).reduce(Rational(0)) { $0 + rational($1.0) * $1.1 }
      // 2^-125 and 1, or 2^-119 and 2^7.
      let unit = powerOfTwo(j == 0 ? 126 : 125)
      let error = rational(table.sum(weights, from: first, order: j)) - exact / unit
      check(error <= Rational(1, 2), random.note)
      check(error >= -Rational(3 * weights.count + (j == 0 ? 4 : 3), 8), random.note)
    }
  }

  @Test func `logarithms of 64 and more are refused`() {
    #expect(LogarithmDifferences(of: 0...1, order: 2) { _ in Real(64) } == nil)
  }
}
