// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The law of Col given the anchor's class c: how many of K negatives belong to c.
///
///     with replacement    Binomial(K, w/M)                   p(m+1)/p(m) = (K-m) w / ((m+1)(M-w))
///     without             Hypergeometric(N, s, K)            p(m+1)/p(m) = (s-m)(K-m) / ((m+1)(N-s-K+m+1))
///
/// with N = M - 1 items besides the anchor, s = m_c - 1 of them of its class. Both ratios fall as m
/// grows (the laws are log-concave), which is all that bounds a tail by a geometric series.
struct CollisionConditional: Sendable {
  enum Kind: Sendable {
    /// The class's weight w and that of all others, M - w.
    case binomial(weight: Integer, rest: Integer)
    /// N items besides the anchor, s of them of its class.
    case hypergeometric(items: Int, matching: Int)
  }

  let kind: Kind
  /// K.
  let negativeCount: Int
  /// The least m with p(m) > 0.
  let lowest: Int
  /// The greatest m with p(m) > 0.
  let highest: Int
  /// A most probable m.
  let mode: Int
  /// Bounds from above of w/(M-w) and of its reciprocal; 1 for a finite set.
  private let odds: (upper: Double, inverseUpper: Double)

  /// With replacement.
  init(weight: Integer, total: Integer, negativeCount k: Int) {
    let rest = total - weight
    kind = .binomial(weight: weight, rest: rest)
    negativeCount = k
    // The only class collides always.
    lowest = rest.signum == 0 ? k : 0
    highest = k
    let peak = (Integer(k) + 1) * weight
    mode = max(lowest, min(k, peak.floorDivided(by: total).quotient.int ?? k))
    odds = rest.signum == 0 ? (1, 1) : (Self.above(weight, rest), Self.above(rest, weight))
  }

  /// Without replacement.
  init(classSize: Int, itemCount: Int, negativeCount k: Int) {
    let (n, s) = (itemCount - 1, classSize - 1)
    kind = .hypergeometric(items: n, matching: s)
    negativeCount = k
    lowest = max(0, k - (n - s))
    highest = min(s, k)
    let peak = Integer(s + 1) * Integer(k + 1)
    let quotient = peak.floorDivided(by: Integer(n) + 2).quotient.int ?? highest
    mode = max(lowest, min(highest, quotient))
    odds = (1, 1)
  }

  /// x/y rounded up.
  private static func above(_ x: Integer, _ y: Integer) -> Double {
    Real(Rational(x, y), precision: 53, rounding: .up).double(rounding: .up)
  }

  /// The mean, exactly.
  var mean: Rational {
    switch kind {
    case .binomial(let weight, let rest):
      Rational(Integer(negativeCount) * weight, weight + rest)
    case .hypergeometric(let items, let matching):
      items == 0 ? 0 : Rational(Integer(negativeCount) * Integer(matching), Integer(items))
    }
  }

  /// The mean and the variance, for planning.
  var approximateMoments: (mean: Double, variance: Double) {
    let k = Double(negativeCount)
    switch kind {
    case .binomial(let weight, let rest):
      let (mantissa, exponent) = (weight + rest).scaledApproximation
      let p = weight.scaledApproximation
      let q = rest.scaledApproximation
      let success = p.mantissa / mantissa * exp2(Double(p.exponent - exponent))
      let failure = q.mantissa / mantissa * exp2(Double(q.exponent - exponent))
      return (k * success, k * success * failure)
    case .hypergeometric(let items, let matching):
      let (n, s) = (max(Double(items), 1), Double(matching))
      return (k * s / n, k * s / n * (1 - s / n) * (n - k) / max(n - 1, 1))
    }
  }

  // MARK: - Bounds of ratios

  /// An upper bound of p(m+1)/p(m), lowest <= m < highest: at most seven rounded operations.
  func upwardRatio(at m: Int) -> Double {
    let k = negativeCount
    switch kind {
    case .binomial:
      return RelativeError.outward(Double(k - m) / Double(m + 1) * odds.upper).bound
    case .hypergeometric(let n, let s):
      let numerator = Double(s - m) * Double(k - m)
      return RelativeError.outward(numerator / (Double(m + 1) * Double(n - s - k + m + 1))).bound
    }
  }

  /// An upper bound of p(m-1)/p(m), lowest < m <= highest.
  func downwardRatio(at m: Int) -> Double {
    let k = negativeCount
    switch kind {
    case .binomial:
      return RelativeError.outward(Double(m) / Double(k - m + 1) * odds.inverseUpper).bound
    case .hypergeometric(let n, let s):
      let numerator = Double(m) * Double(n - s - k + m)
      return RelativeError.outward(numerator / (Double(s - m + 1) * Double(k - m + 1))).bound
    }
  }

  // MARK: - Probabilities

  /// p(m) for lowest <= m <= highest: products only, so the error stays relative.
  ///
  /// The hypergeometric law is the same with s and K exchanged; binom(N, .) is taken of the smaller
  /// one, which is exact up to the limit of `Factorials`.
  func pmf(_ m: Int, precision: Int) -> RealBall {
    switch kind {
    case .binomial(let weight, let rest):
      let total = weight + rest
      var result = Factorials.binomial(negativeCount, m, precision: precision)
      for (part, exponent) in [(weight, m), (rest, negativeCount - m)] where exponent > 0 {
        var power = RealBall(Rational(part, total), precision: precision)
        power.formPower(exponent)
        result.multiply(by: power)
      }
      return result
    case .hypergeometric(let items, let matching):
      let a = max(matching, negativeCount)
      let b = min(matching, negativeCount)
      var result = Factorials.binomial(a, m, precision: precision)
      result.multiply(by: Factorials.binomial(items - a, b - m, precision: precision))
      result.divide(by: Factorials.binomial(items, b, precision: precision))
      return result
    }
  }
}
