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
///   - own, other, rest: Probabilities with the sum 1, to within rounding.
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
  let law = MultinomialNodes(
    own: own, other: other, rest: rest, trialCount: trialCount, y: y, x: x)
  for scale in [1.0, 1.259_921_049_894_873_2, 1.587_401_051_968_199_4] {
    var s = start * scale
    // 1 - e^-a = a (1 - a/2) to within a^2/6 <= 2^-110.
    var (a, b, c) = (s * (1 - s / 2), s * y * (1 - s * y / 2), s * x * (1 - s * x / 2))
    while s < 48 {
      law.add(s, doublings(&a), doublings(&b), doublings(&c), to: &sums)
      s *= 256
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

/// b and its next seven doublings; b is left at the one after.
@inline(__always)
private func doublings(_ b: inout Double) -> DoubleLanes {
  let b0 = b
  let b1 = b0 * (2 - b0)
  let b2 = b1 * (2 - b1)
  let b3 = b2 * (2 - b2)
  let b4 = b3 * (2 - b3)
  let b5 = b4 * (2 - b4)
  let b6 = b5 * (2 - b5)
  let b7 = b6 * (2 - b6)
  b = b7 * (2 - b7)
  return DoubleLanes(b0, b1, b2, b3, b4, b5, b6, b7)
}

/// The terms of `multinomialLogarithm`, eight nodes abreast: the bits of one after the other.
private struct MultinomialNodes {
  let (own, other, rest): (Double, Double, Double)
  let (trialCount, y, x): (Double, Double, Double)

  /// Adds the terms of the nodes s, 2 s ... 128 s that are below 48.
  ///
  /// - Parameters:
  ///   - a, b, c: 1 - e^-s, 1 - e^-sy and 1 - e^-sx of each.
  @inline(__always)
  func add(
    _ start: Double, _ a: DoubleLanes, _ b: DoubleLanes, _ c: DoubleLanes,
    to sums: inout MultinomialLogarithm
  ) {
    let s = start * DoubleLanes(1, 2, 4, 8, 16, 32, 64, 128)
    let (sy, sx) = (s * y, s * x)
    let q = own * a + other * b + rest * c
    let (e, p, inverse) = powers(q)
    let decay = complement(s, a).replacing(with: 0, where: s .>= 48)
    add(decay * e, to: &sums.value)
    // n y s e^-sX has the mean K first e^-s phi^(K-1), and n(n-1) y^2 s^2 e^-sX the mean
    // K (K-1) first^2 e^-s phi^(K-2).
    let (first, second) = (decay * p, decay * p * inverse * (trialCount - 1))
    let (inY, inX) = (other * sy * complement(sy, b), rest * sx * complement(sx, c))
    add(first * inY, to: &sums.slopeY)
    add(first * inX, to: &sums.slopeX)
    let (belowY, belowX) = (second * inY, second * inX)
    add(first * inY * (1 - sy) - belowY * inY, to: &sums.curvatureYY)
    add(first * inX * (1 - sx) - belowX * inX, to: &sums.curvatureXX)
    add(-belowY * inX, to: &sums.curvatureXY)
  }

  @inline(__always)
  private func add(_ terms: DoubleLanes, to sum: inout Double) {
    sum += terms[0]
    sum += terms[1]
    sum += terms[2]
    sum += terms[3]
    sum += terms[4]
    sum += terms[5]
    sum += terms[6]
    sum += terms[7]
  }

  /// e = 1 - phi^K, p = phi^(K-1) and 1/phi; half of the nodes need only a few terms of a series.
  @inline(__always)
  private func powers(
    _ q: DoubleLanes
  ) -> (e: DoubleLanes, p: DoubleLanes, inverse: DoubleLanes) {
    let isSmall = trialCount * q .< 0x1p-13
    let (third, sixth) = (1 / 3.0 + q / 4, 1 / 6.0)
    let series = 1 + q * (0.5 + q * third)
    let small = -trialCount * q * series
    let tail = 0.5 + small * (sixth + small / 24)
    var e = -small * (1 + small * tail)
    let square = 1 + q * q
    var inverse = (1 + q) * square
    var p = (1 - e) * inverse
    if all(isSmall) { return (e, p, inverse) }
    let l = trialCount * logarithmOfOneMinus(q)
    let isOne = q .>= 1
    let quotient = (1 / (1 - q)).replacing(with: 0, where: isOne)
    let power = exponential(l, isFused: false)
    let complement = (1 - power).replacing(with: oneMinusExponential(l), where: l .> -0.25)
    e = complement.replacing(with: e, where: isSmall)
    p = (power * quotient).replacing(with: trialCount == 1 ? 1 : 0, where: isOne)
      .replacing(with: p, where: isSmall)
    inverse = quotient.replacing(with: inverse, where: isSmall)
    return (e, p, inverse)
  }
}

/// e^-a, given b = 1 - e^-a: their difference serves where it does not cancel. Beyond 48 what it is
/// multiplied by, a^2 at most, leaves less than 2^-57.
@inline(__always)
private func complement(_ a: DoubleLanes, _ b: DoubleLanes) -> DoubleLanes {
  let isSmall = a .< 0.5
  if all(isSmall) { return 1 - b }
  let isLarge = a .>= 48
  if all(isLarge) { return DoubleLanes(repeating: 0) }
  return exponential(-a, isFused: false).replacing(with: 0, where: isLarge)
    .replacing(with: 1 - b, where: isSmall)
}

/// ln(1 - q) for 0 <= q <= 1, with a relative error of a few units where q < 1/4.
@inline(__always)
private func logarithmOfOneMinus(_ q: DoubleLanes) -> DoubleLanes {
  // -2 artanh(z), z = q/(2 - q) <= 1/7: the series up to z^17 leaves z^18/19 < 2^-54 of it.
  let z = q / (2 - q)
  let w = z * z
  var p = DoubleLanes(repeating: 1 / 17.0)
  p = p * w + 1 / 15.0
  p = p * w + 1 / 13.0
  p = p * w + 1 / 11.0
  p = p * w + 1 / 9.0
  p = p * w + 1 / 7.0
  p = p * w + 1 / 5.0
  p = p * w + 1 / 3.0
  let series = -2 * (z + z * w * p)
  let isLarge = q .>= 0.25
  if all(.!isLarge) { return series }
  let value = logarithm(1 - q).replacing(with: -.infinity, where: q .>= 1)
  return series.replacing(with: value, where: isLarge)
}

/// 1 - e^l for -1/4 < l <= 0, with a relative error of a few units.
@inline(__always)
private func oneMinusExponential(_ l: DoubleLanes) -> DoubleLanes {
  // The Taylor series up to l^12 leaves l^12/13! < 2^-56 of it.
  var p = DoubleLanes(repeating: 1 / 479_001_600.0)
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
