// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The sum of products of integers and `Double`s in units of 2^-80, with a small rest: the exponent of
/// a probability, whose parts are as large as n and cancel.
///
/// Each product loses less than a unit. The whole sum must stay below 2^46 in size.
struct FixedSum {
  private var units: Int128 = 0
  /// What is below the units of the parts: at most 2^-10 in size.
  private var rest = 0.0

  /// floor(2^98 ln 2).
  private static var ln2: Int128 {
    Int128(FixedPoint.word(0x0000_0002_C5C8_5FDF, 0x473D_E6AF_278E_CE60))
  }

  @inline(__always)
  mutating func add(_ factor: Int, times y: Double) {
    units += FixedPoint.scaled(y, times: factor, scale: 80)
  }

  @inline(__always)
  mutating func add(_ factor: Int, times y: FixedLogarithm) {
    add(factor, times: y.approximation)
    rest += Double(factor) * y.correction
  }

  /// Adds a number below 2^-3 in size.
  @inline(__always)
  mutating func add(small x: Double) { rest += x }

  /// The sum, rounded.
  var value: Double { FixedPoint.double(units) * 0x1p-80 + rest }

  /// e^sum as a number near 1 and a power of two, within 6 u of the true one relatively, u = 2^-53,
  /// besides what the parts err by.
  ///
  /// t = sum - k ln 2 is below 0.35 + 2^-10 in size. Its error: k 2^-98 < 2^-71 for the stored
  /// logarithm and 2^-80 for the shift, u/2 for its conversion and for the sum with the rest. By
  /// libm's 2 ulp the exponential errs by 4 u: 5.1 u.
  @inline(__always)
  func exponential() -> (significand: Double, exponent: Int) {
    let k = (FixedPoint.double(units) * (0x1p-80 * 1.442_695_040_888_963_4)).rounded()
    // |k| < 2^47 / ln 2 would overflow: |sum| < 2^27 is checked by the callers.
    let whole = (Int128(Int(k)) &* Self.ln2) >> 18
    let t = FixedPoint.double(units - whole) * 0x1p-80 + rest
    return (exp(t), Int(k))
  }

  /// What `exponential` errs by in units of u, besides the errors of the parts.
  static let exponentialError = 6.0
}
