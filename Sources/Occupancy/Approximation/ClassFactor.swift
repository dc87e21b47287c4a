// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One class on the circle: the logarithm of (1 - e^-x)/(1 - e^-l) for x = l e^(it), without the linear part
/// of its phase.
///
/// Let q = e^-l, b = l sin t, a = l (1 - cos t), so that e^-x = q e^a e^(-ib), and rho = q/(1 - q),
/// tau = l rho. The quotient is 1 + X + iY with
///
///     X = rho (1 - e^a cos b) = rho (2 e^a sin^2(b/2) - expm1(a)),    Y = rho e^a sin b.
///
/// Its phase is tau t + O(t^3), and the sum over C classes of tau t, as large as n/sigma, cancels against
/// the phase of z^-n: so tau t is taken out analytically. With T = Y/(1 + X)
///
///     phase - tau t = (arctan T - T) + (T - tau t),
///     T - tau t = rho (expm1(a) sin b + (sin b - b) + l (sin t - t) - l t X)/(1 + X),
///
/// where every term is of the third order. Valid while 1 + X > 0, so for t < pi/2, as |e^-x| < 1.
struct ClassFactor {
  let rate: Double
  let rho: Double

  /// - Parameters:
  ///   - rate: l > 0, within u.
  ///   - tau: l e^-l/(1 - e^-l), within 4 u; rho then errs by at most 5 u.
  @inline(__always)
  init(rate: Double, tau: Double) {
    self.rate = rate
    rho = tau / rate
  }

  /// The logarithm's real part, and its imaginary part less tau t.
  ///
  /// Errors, in units of u = 2^-53 and to first order (products of errors are below 2^-40 of them, which
  /// callers allow for), with libm's 2 ulp = 4 u:
  ///
  /// * a: 11 relatively (the rate, versine 9 and a product); b: 6.
  /// * expm1(a): 11 a e^a/(e^a - 1) <= 11 (1 + a) from a, and 4: 15 + 11 a. e^a = 1 + expm1(a): 11 a from a,
  ///   and 4 and 1.
  /// * sin(b/2): 6 |b|/2 + 4 |sin(b/2)| absolutely; sin b: 6 |b| + 4 |sin b|.
  /// * X = P2 - P1: P1 = rho expm1(a) by 21 + 11 a relatively; P2 = 2 rho e^a sin^2(b/2) by
  ///   (21 + 11 a) P2 + 12 rho e^a |sin(b/2) b|; and the difference is rounded.
  /// * Y: (16 + 11 a) |Y| + 6 rho e^a |b|.
  /// * |1 + X + iY|^2 = 1 + D, D = X (2 + X) + Y^2: 2 |1 + X| dX + 2 |Y| dY, and rounding
  ///   2 |X (2 + X)| + Y^2 + |D|. Real part log1p(D)/2: dD / (2 (1 + D)), and 4.
  /// * V = expm1(a) sin b + (sin b - b) + l (sin t - t) - l t X, terms V1...V4. V1: |V1| (16 + 11 a) +
  ///   expm1(a) (6 |b| + 4 |sin b|). V2: 24 for the remainder, and b's error times |cos b - 1| <= min(2,
  ///   b^2/2), at most 23 |V2|: 47 |V2|. V3: 26 |V3|. V4: 4 |V4| + l t dX. Sums: 3 (|V1| + ... + |V4|).
  /// * rho V/(1 + X) =: W: 8 |W| + (|W| dX + rho dV)/(1 + X).
  /// * T: dT = (dY + |T| dX)/(1 + X) + 2 |T|. arctan T - T has the derivative -T^2/(1 + T^2): T^2 dT, and its
  ///   own error. The sum is rounded.
  @inline(__always)
  func exponent(_ t: CircleAngle) -> NodeExponent {
    let a = rate * t.versine
    let b = rate * t.sine
    let e = expm1(a)
    let g = 1 + e
    let sine = sin(b)
    let half = sin(b / 2)
    let p1 = rho * e
    let scale = rho * g
    let p2 = 2 * scale * (half * half)
    let x = p2 - p1
    let y = scale * sine
    let one = 1 + x
    let inverse = 1 / one
    let d = x * (2 + x) + y * y
    let real = 0.5 * log1p(d)
    let v1 = e * sine
    let v2 = b > 1 ? sine - b : OddRemainders.sine(b)
    let v3 = rate * t.sineRemainder
    let v4 = rate * t.angle * x
    let w = rho * (v1 + v2 + v3 - v4) * inverse
    let tangent = y * inverse
    let arc = OddRemainders.arctangent(tangent)

    let a11 = 11 * a
    let (sizeX, sizeY) = (abs(x), abs(y))
    let errorX = (21 + a11) * p1 + (21 + a11) * p2 + 12 * scale * abs(half * b) + sizeX
    let errorY = (16 + a11) * sizeY + 6 * scale * b
    let errorD =
      2 * one * errorX + 2 * sizeY * errorY + 2 * sizeX * (2 + sizeX) + y * y + abs(d)
    let errorReal = errorD / (2 * (1 + d)) + 4 * abs(real)
    let size1 = abs(v1)
    let sizes = size1 + abs(v2) + abs(v3) + abs(v4)
    // 16 |V1| + 47 |V2| + 26 |V3| + 4 |V4| + 3 (|V1| + ... + |V4|) <= 50 (|V1| + ... + |V4|)
    let errorV =
      50 * sizes + a11 * size1 + e * (6 * b + 4 * abs(sine)) + rate * t.angle * errorX
    let sizeT = abs(tangent)
    let errorT = (errorY + sizeT * errorX) * inverse + 2 * sizeT
    let errorArc = sizeT > OddRemainders.seriesLimit ? 4 * sizeT + abs(arc) : 12 * abs(arc)
    let sizeW = abs(w)
    let errorW = 9 * sizeW + (sizeW * errorX + rho * errorV) * inverse
    return NodeExponent(
      real: real, imaginary: w + arc,
      error: errorReal + errorW + tangent * tangent * errorT + errorArc + sizeW + abs(arc))
  }
}
