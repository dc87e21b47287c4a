// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Kernels

/// G(s) = E ln(1 + m + n(e^s - 1)) with its derivatives, each with a bound of its error.
///
/// G increases. With q = f' = n e^s/x, x = 1 + m + n(e^s - 1), a term has f'' = q (1 - q): between
/// 0 and 1/4 where n <= 1 + m, negative otherwise.
struct PhiFunction {
  private let window: CollisionPairWindow
  private let negativeCount: Int

  /// The function of a law of pairs.
  init(_ window: CollisionPairWindow, negativeCount: Int) {
    self.window = window
    self.negativeCount = negativeCount
  }

  /// The function at one point.
  ///
  /// - Parameter s: From 0 to 600.
  /// - Complexity: O(pairs of the window), a few nanoseconds each.
  func sample(_ s: Double) -> PhiSample {
    let growth = Self.exponentialMinusOne(s)
    let sums = unsafe window.weights.withUnsafeBufferPointer { weights in
      unsafe window.rows.withUnsafeBufferPointer { rows in
        unsafe Self.table.withUnsafeBufferPointer { table in
          guard let w = weights.baseAddress, let r = rows.baseAddress, let t = table.baseAddress
          else { return LogarithmicSums() }
          return unsafe logarithmicSums(
            weights: w, rows: r, rowCount: rows.count, growth: growth, table: t)
        }
      }
    }
    // Each sum of c terms in a row, then over the rows, of terms that are not negative errs by at
    // most 2 c u of itself, u = 2^-53, if `chain` is c.
    let summing = 0x1p-52 * Double(window.chain + 8)
    // 0 <= f <= ln(1+K) + s; ln(1+K) <= bits(1+K) ln 2. The argument of a logarithm errs by 4 u of
    // itself, the logarithm by 2^-50 (1 + f).
    let most = Double(Int.bitWidth - (negativeCount + 1).leadingZeroBitCount) * 0.6932 + s
    let valueError =
      most * window.error + summing * sums.value + 0x1p-49 * (sums.value + 2)
    // 0 <= f' <= n, and f' <= e^s/(e^s - 1) as x >= 1 + n(e^s - 1); |f''| <= f'^2, or 1/4 if n <= 1
    // + m. q has five roundings, f'' another three: 2^-48 covers them.
    let steepest = min(
      Double(negativeCount), growth > 0 ? (1 + growth) / growth * (1 + 0x1p-40) : .infinity)
    let rounding = summing + 0x1p-48
    return PhiSample(
      s: s, value: sums.value, valueError: valueError * (1 + 0x1p-40), slope: sums.slope,
      slopeError: (steepest * window.error + rounding * sums.slope) * (1 + 0x1p-40),
      convexLower: max(
        0, sums.convex * (1 - rounding) * (1 - 0x1p-40) - window.error / 4 * (1 + 0x1p-40)),
      concaveUpper: (sums.concave * (1 + rounding) + max(1, steepest * steepest) * window.error)
        * (1 + 0x1p-40),
      curvature: sums.convex - sums.concave)
  }

  /// e^s - 1, correctly rounded.
  private static func exponentialMinusOne(_ s: Double) -> Double {
    var x = Accumulator(precision: 53)
    x.set(s, rounding: .nearest)
    x.formExpMinusOne(rounding: .nearest)
    return x.double(rounding: .nearest)
  }

  /// ln c and 1/c for the middles c of the 128ths of [1, 2), correctly rounded.
  private static let table: [Double] = {
    let middles = (0..<128).map { 1 + (Double($0) + 0.5) / 128 }
    let logarithms = middles.map { c in
      var x = Accumulator(precision: 53)
      x.set(c, rounding: .nearest)
      x.formLogarithm(rounding: .nearest)
      return x.double(rounding: .nearest)
    }
    return logarithms + middles.map { 1 / $0 }
  }()
}
