// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct LogarithmicSumsTests {
  private static let table: [Double] = {
    let middles = (0..<128).map { 1 + (Double($0) + 0.5) / 128 }
    return middles.map { log($0) } + middles.map { 1 / $0 }
  }()

  private func sums(_ weights: [Double], _ rows: [LogarithmicRow], _ growth: Double)
    -> LogarithmicSums
  {
    unsafe weights.withUnsafeBufferPointer { w in
      unsafe rows.withUnsafeBufferPointer { r in
        unsafe Self.table.withUnsafeBufferPointer { t in
          guard let w = w.baseAddress, let r = r.baseAddress, let t = t.baseAddress else {
            return LogarithmicSums()
          }
          return unsafe logarithmicSums(
            weights: w, rows: r, rowCount: rows.count, growth: growth, table: t)
        }
      }
    }
  }

  @Test func `a logarithm errs by less than 2^-50 of one plus it, at all sizes`() {
    var random = RandomNumbers(33)
    for index in 0..<RandomTests.count(4000) {
      // One term: ln(1 + n growth), from next to 1 up to the largest numbers.
      let exponent = index % 2 == 0 ? 700 * Double(random.next()) : Double(random.next()) - 20
      let growth = exp(exponent)
      let row = LogarithmicRow(m: 0, firstN: 1, start: 0, count: 1)
      let value = sums([1], [row], growth).value
      let exact = log1p(growth)
      #expect(abs(value - exact) <= 0x1p-50 * (1 + exact), "growth \(growth)")
    }
  }

  @Test func `sums are those of the definition, with the sign of the second derivative`() {
    let rows = [
      LogarithmicRow(m: 0, firstN: 0, start: 0, count: 5),
      LogarithmicRow(m: 2, firstN: 3, start: 5, count: 4),
      LogarithmicRow(m: 7, firstN: 0, start: 9, count: 3),
      LogarithmicRow(m: 1, firstN: 9, start: 12, count: 2),
    ]
    let weights = (0..<14).map { 1 / Double($0 + 3) }
    for s in [0.0, 0.3, 2, 9] {
      let growth = expm1(s)
      let found = sums(weights, rows, growth)
      var expected = LogarithmicSums()
      for row in rows {
        for k in 0..<row.count {
          let (p, m, n) = (weights[row.start + k], Double(row.m), Double(row.firstN + k))
          let x = 1 + m + n * growth
          let q = n * exp(s) / x
          expected.value += p * log(x)
          expected.slope += p * q
          let second = q * (1 + m - n) / x
          if second >= 0 { expected.convex += p * second } else { expected.concave -= p * second }
        }
      }
      for (a, b) in [
        (found.value, expected.value), (found.slope, expected.slope),
        (found.convex, expected.convex), (found.concave, expected.concave),
      ] {
        #expect(abs(a - b) <= 1e-13 * max(1, b), "s \(s)")
      }
    }
  }
}
