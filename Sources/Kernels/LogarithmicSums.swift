// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Terms of a sum over pairs (m, n): m is fixed, n counts up in equal steps.
public struct LogarithmicRow: Sendable {
  /// m.
  public let m: Int
  /// The first n.
  public let firstN: Int
  /// The index of its weight.
  public let start: Int
  /// The number of terms.
  public let count: Int
  /// From one n to the next, at least 1.
  public let step: Int

  /// The terms with the weights from `start` on.
  public init(m: Int, firstN: Int, start: Int, count: Int, step: Int = 1) {
    self.m = m
    self.firstN = firstN
    self.start = start
    self.count = count
    self.step = step
  }
}

/// Sums with weights p over pairs (m, n) of f(s) = ln(1 + m + n(e^s - 1)) and its derivatives.
public struct LogarithmicSums: Sendable {
  /// sum p f.
  public var value = 0.0
  /// sum p f'.
  public var slope = 0.0
  /// sum p f'' over the terms with f'' >= 0, those with 1 + m >= n.
  public var convex = 0.0
  /// sum p |f''| over the other terms.
  public var concave = 0.0

  /// Sums of no terms.
  public init() {}
}

/// ln x in double precision for 1 <= x < 2^1023.
///
/// x = 2^e z with 1 <= z < 2, c = 1 + (i + 1/2)/128 the middle of the 128th of [1, 2) that z lies
/// in, and r = (z - c)/c, |r| <= 2^-8: ln x = e ln 2 + ln c + r - r^2/2 + ... + r^7/7, and what
/// follows is less than 2^-64/8 (1 + 2^-7). z - c is exact, as both are multiples of 2^-52 and the
/// difference is small. With u = 2^-53: e ln 2 errs by at most 2.5 u of itself (1.5 u for the
/// constant, u for the product), ln c by 2^-54, the series by 8 u 2^-8, the two sums by u of the
/// result and a little. In all less than 2^-50 (1 + ln x). No library function is called, so the
/// bits are the same on every machine.
///
/// - Parameter table: ln c for i = 0...127, then 1/c, each rounded to nearest.
@inline(__always)
private func tabulatedLogarithm(_ x: Double, _ table: UnsafePointer<Double>) -> Double {
  let bits = x.bitPattern
  let e = Double(Int(bits >> 52) - 1023)
  let z = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
  let i = Int(bits >> 45 & 127)
  let c = 1 + (Double(i) + 0.5) * 0x1p-7
  let r = unsafe (z - c) * table[128 + i]
  let q = 1.0 / 4 - r * (1.0 / 5 - r * (1.0 / 6 - r * (1.0 / 7)))
  let series = r - r * r * (0.5 - r * (1.0 / 3 - r * q))
  return unsafe (e * 0.693_147_180_559_945_309_4 + table[i]) + series
}

/// Adds up all rows.
///
/// - Parameters:
///   - weights: p, row after row.
///   - rows: The rows.
///   - growth: e^s - 1 >= 0, such that no 1 + m + n growth reaches 2^1023.
///   - table: 256 numbers, see `tabulatedLogarithm`.
@inline(never)
public func logarithmicSums(
  weights: UnsafePointer<Double>, rows: UnsafePointer<LogarithmicRow>, rowCount: Int,
  growth: Double, table: UnsafePointer<Double>
) -> LogarithmicSums {
  var total = LogarithmicSums()
  let power = 1 + growth
  for index in 0..<rowCount {
    let row = unsafe rows[index]
    let base = Double(1 + row.m)
    var sums = LogarithmicSums()
    // f'' = n e^s (1 + m - n)/x^2 changes its sign once along a row: two loops without a branch.
    let above = 1 + row.m - row.firstN
    let turn = above < 0 ? 0 : min(above / row.step + 1, row.count)
    // Whole numbers far below 2^53: sums of them are exact.
    let step = Double(row.step)
    var n = Double(row.firstN)
    for k in 0..<turn {
      let p = unsafe weights[row.start + k]
      let x = base + n * growth
      let inverse = 1 / x
      let q = n * power * inverse
      sums.value += unsafe p * tabulatedLogarithm(x, table)
      sums.slope += p * q
      sums.convex += p * (q * ((base - n) * inverse))
      n += step
    }
    for k in turn..<row.count {
      let p = unsafe weights[row.start + k]
      let x = base + n * growth
      let inverse = 1 / x
      let q = n * power * inverse
      sums.value += unsafe p * tabulatedLogarithm(x, table)
      sums.slope += p * q
      sums.concave += p * (q * ((n - base) * inverse))
      n += step
    }
    total.value += sums.value
    total.slope += sums.slope
    total.convex += sums.convex
    total.concave += sums.concave
  }
  return total
}
