// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Factorials and binomial coefficients as balls: exact integers while small, products of words, or
/// by the logarithm of the gamma function.
@_spi(Arithmetic) public enum Factorials {
  /// Up to here the exact factorial, and a product of as many factors, is cheaper than a logarithm.
  private static let factorLimit = 3000
  /// Up to here an exact binomial coefficient is cheaper than such a product: its time grows as the
  /// square of its length.
  private static let exactBits = 2048

  /// n! for n >= 0.
  package static func factorial(_ n: Int, precision: Int) -> RealBall {
    n <= factorLimit
      ? RealBall(Integer.factorial(n), precision: precision)
      : RealBall(quotient([n], [], precision), precision: precision)
  }

  /// binom(n, k) for 0 <= k <= n.
  public static func binomial(_ n: Int, _ k: Int, precision: Int) -> RealBall {
    let k = min(k, n - k)
    guard k <= factorLimit else {
      return RealBall(quotient([n], [k, n - k], precision), precision: precision)
    }
    guard k * n.bitLength > exactBits else {
      return RealBall(Integer.binomial(n, k), precision: precision)
    }
    // At most k + 1 roundings of the product and two more lose less than 2^(bits of k + 1) units.
    let working = precision + k.bitLength + 4
    var product = falling(n, k, precision: working)
    product.divide(by: factorial(k, precision: working))
    return RealBall(product.enclosure(), precision: precision)
  }

  /// n (n-1) ... (n-k+1) for n, k >= 0.
  static func falling(_ n: Int, _ k: Int, precision: Int) -> RealBall {
    guard k <= n else { return RealBall(0, precision: precision) }
    guard k <= factorLimit else {
      return RealBall(quotient([n], [n - k], precision), precision: precision)
    }
    var product = RealBall(1, precision: precision)
    if k > 0 { ((n - k + 1)...n).forProducts { product.multiply(by: $0) } }
    return product
  }

  /// binom(M - w, n)/binom(M, n), the probability that n of M items avoid w given ones.
  package static func missProbability(
    items: Int, missed: Int, drawCount: Int, precision: Int
  ) -> Enclosure {
    let rest = items - missed
    return quotient([rest, items - drawCount], [rest - drawCount, items], precision)
  }

  /// A quotient of products of factorials by their logarithms.
  private static func quotient(_ top: [Int], _ bottom: [Int], _ precision: Int) -> Enclosure {
    let p = precision + 2 * ((top + bottom).max() ?? 0).bitLength
    func sum(_ numbers: [Int]) -> Enclosure {
      numbers.dropFirst().reduce(logFactorial(numbers[0], precision)) {
        $0.adding(logFactorial($1, precision), precision: p)
      }
    }
    let log = bottom.isEmpty ? sum(top) : sum(top).subtracting(sum(bottom), precision: p)
    return log.exponential(precision: precision + 8)
  }

  /// ln n!, to an absolute error near 2^-precision: it is below n ln n < 2^(2 bits of n).
  private static func logFactorial(_ n: Int, _ precision: Int) -> Enclosure {
    let p = precision + 2 * n.bitLength
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
}
