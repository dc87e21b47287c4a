// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// E ln X and its derivatives with ln y and ln x; see `multinomialLogarithm`.
public struct MultinomialLogarithm: Sendable {
  /// E ln X.
  public var value = 0.0
  /// E[n y / X].
  public var slopeY = 0.0
  /// E[(K - m - n) x / X].
  public var slopeX = 0.0
  /// The second derivatives, E[(n y / X)(1 - n y / X)] and so on.
  public var curvatureYY = 0.0, curvatureXX = 0.0, curvatureXY = 0.0

  /// E ln 1.
  public init() {}
}

/// E ln X of X = 1 + m + n y + (K - m - n) x, (m, n, rest) ~ Multinomial(K; own, other, rest).
///
/// ln X is the integral of (e^-s - e^-sX)/s over s > 0, and E e^-sX = e^-s phi(s)^K with
/// 1 - phi = q = own (1 - e^-s) + other (1 - e^-sy) + rest (1 - e^-sx). In s = e^u the trapezoidal
/// rule with step h = (ln 2)/3 has the nodes 2^(k/3), which three sequences of doublings run
/// through: 1 - e^-2a = b (2 - b) for b = 1 - e^-a. The relative error of b grows by the factor
/// (2 - 2b)/(2 - b) <= 1 and two roundings a doubling.
///
/// * Trapezoidal rule. On the ray arg s = a, |a| < pi/2, the integral of |e^-s - e^-sX| d|s|/|s| is
///   at most that of |s| e^-(|s| v cos a) over 1 <= v <= X, so ln X / cos a. The error is at most
///   2 E ln X / (cos a (e^(2 pi a/h) - 1)), which is below 2^-54 E ln X at a = pi/2 - h/(2 pi). The
///   same holds of the slopes, whose integrand on the ray is n y |s| e^-(|s| X cos a); and of the
///   parts of the curvatures, with (n y |s|)^2 and 1/cos^2 a < 2^10, to 2^-49.
/// * Left end. Every term is positive; those that are left out make the sum at most
///   2^-54 (1 + E ln X) smaller: s0 (1 + K max(1, x, y)) <= 2^-56 and h/(1 - 2^(-1/3)) < 1.13.
/// * Right end. Terms are at most e^-s h for s >= 48: 2^-66 together.
/// * Rounding. b after k doublings errs by (3 k + 2) u, u = 2^-53: for the fewer than 1024
///   doublings that a double's range admits, below 2^-41; for a range of 2^80, below 2^-45. The
///   rest of a term has some 60 roundings, and the sum at most one for each term.
///
/// Together value and slopes err by at most `multinomialLogarithmError` of themselves and, for the
/// slopes, 2^-50 besides; the curvatures, differences of parts that are at most a slope each, by 4
/// `multinomialLogarithmError` of that slope and 2^-49.
///
/// - Parameters:
///   - own, other, rest: Probabilities with the sum 1.
///   - trialCount: K, a whole number, at least 0.
///   - y, x: At least 0, up to e^600.
/// - Complexity: O(log(K max(1, x, y))), some 250 nodes.
/// - Returns: The same bits on every platform.
@inline(never)
public func multinomialLogarithm(
  own: Double, other: Double, rest: Double, trialCount: Double, y: Double, x: Double
) -> MultinomialLogarithm {
  var sums = MultinomialLogarithm()
  guard trialCount > 0 else { return sums }
  let largest = (1 + trialCount * max(1, x, y)) * 0x1p56
  let start = 1 / Double(sign: .plus, exponent: largest.exponent + 1, significand: 1)
  for scale in [1.0, 1.259_921_049_894_873_2, 1.587_401_051_968_199_4] {
    var s = start * scale
    // 1 - e^-a = a (1 - a/2) to within a^2/6 <= 2^-110.
    var (a, b, c) = (s * (1 - s / 2), s * y * (1 - s * y / 2), s * x * (1 - s * x / 2))
    while s < 48 {
      let q = own * a + other * b + rest * c
      // e = 1 - phi^K, p = phi^(K-1) and 1/phi; half of the nodes need only a few terms of a series.
      let (e, p, inverse): (Double, Double, Double)
      if trialCount * q < 0x1p-13 {
        let l = -trialCount * q * (1 + q * (0.5 + q * (1 / 3.0 + q / 4)))
        e = -l * (1 + l * (0.5 + l * (1 / 6.0 + l / 24)))
        inverse = (1 + q) * (1 + q * q)
        p = (1 - e) * inverse
      } else {
        let l = trialCount * logarithmOfOneMinus(q)
        inverse = q < 1 ? 1 / (1 - q) : 0
        let power = exponential(l)
        e = l > -0.25 ? oneMinusExponential(l) : 1 - power
        p = q < 1 ? power * inverse : (trialCount == 1 ? 1 : 0)
      }
      let decay = complement(s, a)
      sums.value += decay * e
      // n y s e^-sX has the mean K first e^-s phi^(K-1), and n(n-1) y^2 s^2 e^-sX the mean
      // K (K-1) first^2 e^-s phi^(K-2).
      let (first, second) = (decay * p, decay * p * inverse * (trialCount - 1))
      let (inY, inX) = (
        other * (s * y) * complement(s * y, b), rest * (s * x) * complement(s * x, c)
      )
      sums.slopeY += first * inY
      sums.slopeX += first * inX
      sums.curvatureYY += first * inY * (1 - s * y) - second * inY * inY
      sums.curvatureXX += first * inX * (1 - s * x) - second * inX * inX
      sums.curvatureXY -= second * inY * inX
      s += s
      a *= 2 - a
      b *= 2 - b
      c *= 2 - c
    }
  }
  let step = 0.231_049_060_186_648_43
  sums.value *= step
  sums.slopeY *= step * trialCount
  sums.slopeX *= step * trialCount
  sums.curvatureYY *= step * trialCount
  sums.curvatureXX *= step * trialCount
  sums.curvatureXY *= step * trialCount
  return sums
}

/// What `multinomialLogarithm` errs by at most, relative to its results.
public let multinomialLogarithmError = 0x1p-41

/// e^-a, given b = 1 - e^-a: their difference serves where it does not cancel. Beyond 48 what it is
/// multiplied by, a^2 at most, leaves less than 2^-57.
@inline(__always)
private func complement(_ a: Double, _ b: Double) -> Double {
  a < 0.5 ? 1 - b : a < 48 ? exponential(-a) : 0
}

/// ln(1 - q) for 0 <= q <= 1, with a relative error of a few units where q < 1/4.
@inline(__always)
private func logarithmOfOneMinus(_ q: Double) -> Double {
  if q >= 0.25 { return logarithm(1 - q) }
  // -2 artanh(z), z = q/(2 - q) <= 1/7: the series up to z^17 leaves z^18/19 < 2^-54 of it.
  let z = q / (2 - q)
  let w = z * z
  var p = 1 / 17.0
  p = p * w + 1 / 15.0
  p = p * w + 1 / 13.0
  p = p * w + 1 / 11.0
  p = p * w + 1 / 9.0
  p = p * w + 1 / 7.0
  p = p * w + 1 / 5.0
  p = p * w + 1 / 3.0
  return -2 * (z + z * w * p)
}

/// 1 - e^l for -1/4 < l <= 0, with a relative error of a few units.
@inline(__always)
private func oneMinusExponential(_ l: Double) -> Double {
  // The Taylor series up to l^12 leaves l^12/13! < 2^-56 of it.
  var p = 1 / 479_001_600.0
  p = p * l + 1 / 39_916_800.0
  p = p * l + 1 / 3_628_800.0
  p = p * l + 1 / 362_880.0
  p = p * l + 1 / 40320.0
  p = p * l + 1 / 5040.0
  p = p * l + 1 / 720.0
  p = p * l + 1 / 120.0
  p = p * l + 1 / 24.0
  p = p * l + 1 / 6.0
  p = p * l + 0.5
  p = p * l + 1
  return -l * p
}
