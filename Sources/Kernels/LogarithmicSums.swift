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
private func tabulatedLogarithm(
  _ x: SumLanes, _ table: UnsafePointer<Double>
) -> SumLanes {
  let bits = unsafe unsafeBitCast(x, to: WordLanes.self)
  // 2^52 + the exponent, as a number.
  let e = doubles(bits &>> 52 | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
  let z = doubles(bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
  let c = doubles(bits & 0x000F_E000_0000_0000 | 0x3FF0_1000_0000_0000)
  let i = bits &>> 45 & 127
  let r = unsafe (z - c) * gathered(table + 128, i)
  var q = 1 / 6.0 - r * (1 / 7.0)
  q = 1 / 5.0 - r * q
  q = 1 / 4.0 - r * q
  q = 1 / 3.0 - r * q
  q = 0.5 - r * q
  let series = r - r * r * q
  let whole = e * 0.693_147_180_559_945_309_4
  return unsafe whole + gathered(table, i) + series
}

/// Four at a time; eight take as long.
private typealias SumLanes = SIMD4<Double>
private typealias WordLanes = SIMD4<UInt64>

@inline(__always)
private func doubles(_ bits: WordLanes) -> SumLanes {
  unsafe unsafeBitCast(bits, to: SumLanes.self)
}

/// The numbers of a table at four places.
@inline(__always)
private func gathered(_ table: UnsafePointer<Double>, _ places: WordLanes) -> SumLanes {
  unsafe SumLanes(
    table[Int(places[0])], table[Int(places[1])], table[Int(places[2])], table[Int(places[3])])
}

/// Adds up all rows.
///
/// - Parameters:
///   - weights: p, row after row.
///   - rows: The rows.
///   - growth: e^s - 1 >= 0, such that no 1 + m + n growth reaches 2^1023.
///   - table: 256 numbers, see `tabulatedLogarithm`.
/// - Returns: The same bits on every platform: terms are added one after the other.
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
    // f'' = n e^s (1 + m - n)/x^2 changes its sign once along a row.
    let above = 1 + row.m - row.firstN
    let turn = above < 0 ? 0 : min(above / row.step + 1, row.count)
    // Whole numbers far below 2^53: sums of them are exact.
    let step = Double(row.step)
    var n = step * SumLanes(0, 1, 2, 3)
    n += Double(row.firstN)
    for start in stride(from: 0, to: row.count, by: 4) {
      let count = min(4, row.count - start)
      let p = unsafe lanes(weights + row.start + start, count: count)
      let x = base + n * growth
      let inverse = 1 / x
      let q = n * power * inverse
      let slope = p * q
      let turning = (base - n) * inverse
      let curvature = p * (q * turning)
      add(unsafe p * tabulatedLogarithm(x, table), 0..<count, to: &sums.value)
      add(slope, 0..<count, to: &sums.slope)
      let positive = min(max(turn - start, 0), count)
      add(curvature, 0..<positive, to: &sums.convex)
      add(-curvature, positive..<count, to: &sums.concave)
      n += 4 * step
    }
    total.value += sums.value
    total.slope += sums.slope
    total.convex += sums.convex
    total.concave += sums.concave
  }
  return total
}

/// Up to four numbers from memory, and zeros.
@inline(__always)
private func lanes(_ numbers: UnsafePointer<Double>, count: Int) -> SumLanes {
  if count == 4 { return unsafe UnsafeRawPointer(numbers).loadUnaligned(as: SumLanes.self) }
  var result = SumLanes()
  for i in 0..<count { result[i] = unsafe numbers[i] }
  return result
}

/// Adds some of four terms, one after the other.
@inline(__always)
private func add(_ terms: SumLanes, _ range: Range<Int>, to sum: inout Double) {
  if range == 0..<4 {
    sum += terms[0]
    sum += terms[1]
    sum += terms[2]
    sum += terms[3]
  } else {
    for i in range { sum += terms[i] }
  }
}
