// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// e^r and e^(is) for small real r and s, in fixed-point numbers of units 2^-125.
///
/// r = m/32 + t with |t| <= 1/64, and e^(m/32), cos and sin of m/32 come from a table. With u =
/// t^2, or
/// -t^2 for the angle, and C(u) = sum of u^k/(2k)!, S(u) = sum of u^k/(2k + 1)!:
///
///     e^t = C + t S,   cos t = C,   sin t = t S
///
/// Errors in units of 2^-125, where a product is rounded within 0.5 + 2^-60:
///
/// * u errs by 0.5 and is at most 2^-12. The sums end at u^7, and leave out less than u^8/16! 1.01
///   < 2^-140. Their coefficients lack less than one. Horner's scheme p_k = c_k + u p_(k+1) errs by
///   less than 1 + 0.5 + 0.5 p_(k+1) + 2^-12 2 < 1.8 for k >= 1, as p_1 <= 0.51, and for k = 0,
///   where c_0 = 1 is exact, by 0.5 + 0.5 p_1 + 2^-12 1.8: C by 0.76, S, with p_1 < 0.17, by 0.59,
///   so that t S errs by 0.5 + 2^-6 0.59 < 0.51.
/// * A table entry lacks less than one, as far as it is not 0 or 1.
enum ExponentialSeries {
  /// e^r for |r| <= 0.39, within 3.6 units of 2^-125 relatively.
  ///
  /// e^t errs by 1.27, relatively by 1.27 e^(1/64) < 1.3. The table's e^(m/32) is at least
  /// e^(-13/32) = 0.666: it lacks 1.51 relatively. The product is rounded once: 0.5 / (0.666 0.984)
  /// < 0.77. In all less than 3.6.
  static func real(_ r: Int128) -> Int128 {
    let (index, t) = reduced(r)
    let series = series(t, squared: product(t, t))
    return product(ExponentialTable.shared.power(index), series.even &+ product(t, series.odd))
  }

  /// cos s + i sin s for |s| <= 0.89, within 3.1 units.
  ///
  /// As vectors: the table's entry errs by sqrt(2) at most, the series by sqrt(0.76^2 + 0.51^2) <
  /// 0.92, both times numbers of size 1, and each part of the product by 0.5: 0.71. In all less
  /// than 3.1.
  ///
  /// Sums of two products do not overflow: |sin t| <= 2^-6 and |sin(m/32)| < 0.8, so that the
  /// limbs' sums are below (2 + 0.04) 2^125.
  static func turn(_ s: Int128) -> (cosine: Int128, sine: Int128) {
    let (index, t) = reduced(s)
    let series = series(t, squared: 0 &- product(t, t))
    let (c, d) = (SplitWord(series.even), SplitWord(product(t, series.odd)))
    let turn = ExponentialTable.shared.turn(index.magnitude)
    let (a, b) = (SplitWord(turn.cosine), SplitWord(index < 0 ? 0 &- turn.sine : turn.sine))
    return (
      (a * c - b * d).rounded(doublings: 1), (a * d + b * c).rounded(doublings: 1)
    )
  }

  /// The nearest multiple of 1/32, 2^120 units, and what is left.
  private static func reduced(_ r: Int128) -> (index: Int, rest: Int128) {
    let index = (r &+ (1 << 119)) &>> 120
    return (Int(index), r &- index &<< 120)
  }

  private static func series(_ t: Int128, squared u: Int128) -> (even: Int128, odd: Int128) {
    let u = SplitWord(u)
    var even = inverse(87_178_291_200)
    var odd = inverse(1_307_674_368_000)
    even = inverse(479_001_600) &+ product(u, even)
    odd = inverse(6_227_020_800) &+ product(u, odd)
    even = inverse(3_628_800) &+ product(u, even)
    odd = inverse(39_916_800) &+ product(u, odd)
    even = inverse(40_320) &+ product(u, even)
    odd = inverse(362_880) &+ product(u, odd)
    even = inverse(720) &+ product(u, even)
    odd = inverse(5_040) &+ product(u, odd)
    even = inverse(24) &+ product(u, even)
    odd = inverse(120) &+ product(u, odd)
    even = inverse(2) &+ product(u, even)
    odd = inverse(6) &+ product(u, odd)
    return (inverse(1) &+ product(u, even), inverse(1) &+ product(u, odd))
  }

  /// 1/n, rounded down: of a factorial.
  @inline(__always)
  private static func inverse(_ n: Int128) -> Int128 { (1 << 125) / n }

  @inline(__always)
  private static func product(_ a: Int128, _ b: Int128) -> Int128 { product(SplitWord(a), b) }

  @inline(__always)
  private static func product(_ a: SplitWord, _ b: Int128) -> Int128 {
    (a * SplitWord(b)).rounded(doublings: 1)
  }
}
