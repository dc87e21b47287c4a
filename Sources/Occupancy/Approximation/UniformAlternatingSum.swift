// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// 1 - v_n for C equal classes and n draws with replacement by truncated inclusion-exclusion in `Double`,
/// where the first term is at most 1.
///
///     1 - v_n = T_1 - T_2 + T_3 - ...,  T_j = binom(C, j) (1 - j/C)^n.
///
/// T_(j+1)/T_j = (C - j)/(j + 1) (1 - 1/(C - j))^n <= T_1/(j + 1): for T_1 <= 1 the terms fall, and
/// what is left out is at most the next one (Bonferroni).
struct UniformAlternatingSum {
  /// T_1 - T_2 + ... as value 2^exponent.
  let value: Double
  let exponent: Int
  /// A bound of the relative error of `value`.
  let relativeError: Double

  /// nil if T_1 > 1.
  ///
  /// T_j errs by 2 j u for the binomial coefficient, 6 u for the exponential, u for their product and
  /// n 2^-91 < 2^-59 for the logarithm: (2 j + 8) u.
  @inline(__always)
  init?(classCount: Int, drawCount: Int) {
    let c = Double(classCount)
    // Far above 1: not worth an exact look.
    guard Double(drawCount) > c * (log(c) - 0.5) else { return nil }
    var binomial = c
    let first = Self.power(1, classCount, drawCount)
    let scale = first.exponent
    var term = binomial * first.significand
    let size = Double(sign: .plus, exponent: min(max(scale, -1000), 1000), significand: 1)
    let ratio = term * size
    guard ratio <= 1 else { return nil }
    var sum = term
    var error = 10 * term
    var j = 1
    // j = C has no draw to take.
    while j + 1 < classCount {
      // T_(j+1) <= T_j T_1/(j + 1)
      let next = term * ratio / Double(j + 1) * 1.01
      if next < 0x1p-58 * sum {
        error += next * 0x1p53
        break
      }
      j += 1
      binomial *= Double(classCount - j + 1) / Double(j)
      let power = Self.power(j, classCount, drawCount)
      term = binomial * power.significand * Self.scale(power.exponent - scale)
      sum += j % 2 == 0 ? -term : term
      error += Double(2 * j + 8) * term + abs(sum)
    }
    value = sum
    exponent = scale
    let absolute = error * 0x1p-53 * (1 + 0x1p-20)
    relativeError = absolute / (sum - absolute)
  }

  /// (1 - j/C)^n.
  @inline(__always)
  private static func power(
    _ j: Int, _ classCount: Int, _ drawCount: Int
  ) -> (significand: Double, exponent: Int) {
    var sum = FixedSum()
    sum.add(drawCount, times: FixedLogarithm(UInt64(classCount - j), over: UInt64(classCount)))
    return sum.exponential()
  }

  /// 2^exponent for exponent <= 0, or 0 where a term would not be seen.
  @inline(__always)
  private static func scale(_ exponent: Int) -> Double {
    exponent < -1000 ? 0 : Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
