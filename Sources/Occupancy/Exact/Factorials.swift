// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// Factorials and binomial coefficients as balls: exact integers while small, else by the
/// logarithm of the gamma function.
enum Factorials {
  /// Up to here the exact factorial is cheaper than a logarithm.
  private static let exactLimit = 3000

  /// n! for n >= 0.
  static func factorial(_ n: Int, precision: Int) -> RealBall {
    if n <= exactLimit { return RealBall(Integer.factorial(n), precision: precision) }
    return RealBall(exponential(logFactorial(n, precision), precision), precision: precision)
  }

  /// binom(n, k) for 0 <= k <= n.
  static func binomial(_ n: Int, _ k: Int, precision: Int) -> RealBall {
    let k = min(k, n - k)
    if k <= exactLimit { return RealBall(Integer.binomial(n, k), precision: precision) }
    let p = precision + 2 * (Int.bitWidth - n.leadingZeroBitCount)
    let parts = logFactorial(k, precision).adding(logFactorial(n - k, precision), precision: p)
    let log = logFactorial(n, precision).subtracting(parts, precision: p)
    return RealBall(exponential(log, precision), precision: precision)
  }

  /// binom(M - w, n)/binom(M, n), the probability that n of M items avoid w given ones.
  static func missProbability(
    items: Int, missed: Int, drawCount: Int, precision: Int
  ) -> Enclosure {
    let p = precision + 2 * (Int.bitWidth - items.leadingZeroBitCount)
    let rest = items - missed
    let top = logFactorial(rest, precision).adding(
      logFactorial(items - drawCount, precision), precision: p)
    let bottom = logFactorial(rest - drawCount, precision).adding(
      logFactorial(items, precision), precision: p)
    return exponential(top.subtracting(bottom, precision: p), precision)
  }

  /// ln n!, to an absolute error near 2^-precision: it is below n ln n < 2^(2 bits of n).
  private static func logFactorial(_ n: Int, _ precision: Int) -> Enclosure {
    let p = precision + 2 * (Int.bitWidth - n.leadingZeroBitCount)
    func bound(_ rounding: Rounding) -> Real {
      var x = Accumulator(n, precision: 64, rounding: .nearest)
      x.add(1, rounding: .nearest)
      var result = Accumulator(precision: p)
      result.set(x, rounding: .nearest)
      result.formLogGamma(rounding: rounding)
      return Real(result)
    }
    // ln is correctly rounded by MPFR: one unit between the two directions.
    return Enclosure(lower: bound(.down), upper: bound(.up))
  }

  private static func exponential(_ x: Enclosure, _ precision: Int) -> Enclosure {
    func bound(_ end: Real, _ rounding: Rounding) -> Real {
      var result = Accumulator(precision: precision + 8)
      var argument = Accumulator(precision: end.precision)
      argument.set(end, rounding: .nearest)
      // e^x rounded at the argument's precision, then to the result's, in one direction.
      argument.formExponential(rounding: rounding)
      result.set(argument, rounding: rounding)
      return Real(result)
    }
    return Enclosure(lower: bound(x.lower, .down), upper: bound(x.upper, .up))
  }
}
