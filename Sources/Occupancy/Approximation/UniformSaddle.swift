// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The circle through the saddle point for C equal classes and n > C draws, with what cancels on it held
/// in 128 bits.
///
/// With z = r e^(it), r = C l, x = l e^(it) and the mean mu = l/(1 - e^-l) of one class,
///
///     v_n = n! (C l)^-n e^(C l) (1 - e^-l)^C P(S = n),
///     ln(v_n / P(S = n)) = ln sqrt(2 pi n) + delta(n) + (r - n) - n ln(r/n) + C ln(1 - e^-l).
///
/// l is rounded to 26 bits, so that r = C l is an exact `Double` for C <= 2^26: any l is right, one near
/// mu(l) = n/C is fast.
struct UniformSaddle {
  let classCount: Int
  let drawCount: Int
  /// l.
  let rate: Double
  /// r = C l, exactly.
  let radius: Double
  /// tau = l e^-l/(1 - e^-l) = mu - l, within 4 u.
  let tau: Double
  /// C mu - n, what is left of the linear phase: within 3 u of itself plus 2^-56.
  let drift: Double
  /// The variance of S, C mu (1 - tau), within a relative 2^-24.
  let variance: Double
  /// ln(v_n / P(S = n)) - ln sqrt(2 pi n), within 2^-54.
  let logPrefactor: FixedSum

  /// Largest C and n; beyond, the exponents would not fit or lose too much.
  static let classLimit = 1 << 26
  static let drawLimit = 1 << 32

  /// - Precondition: C < n, C <= `classLimit`, n <= `drawLimit`, n/C <= 40.
  init(classCount: Int, drawCount: Int) {
    self.classCount = classCount
    self.drawCount = drawCount
    let count = Double(classCount)
    rate = Self.rate(excess: Double(drawCount - classCount) / count)
    // 26 bits each.
    radius = count * rate

    // E = e^-l in units of 2^-128, within a relative 2^-112 and one unit; D = 1 - E. As
    // D >= l/2 > 2^-28 (l > 1/C), D errs by at most (2^-112 + 2^-128)/2^-28 < 2^-83 relatively.
    let power = FixedExponential(-rate)
    let e = power.mantissa >> UInt128(-power.exponent - 1)
    let d = 0 &- e
    // l E: l/64 is exact in units of 2^-128; the product errs by 3 2^6 < 2^8 units, and 2^-112 relatively.
    let rateWord = UInt128(FixedPoint.scaled(rate, scale: 122))
    let product = FixedPoint.highProduct(rateWord, e) << 6
    let size = FixedPoint.double(d)
    // tau < 1 in `Double`, and its error, exactly but for 2^8 units and D's error: 2^-83.
    tau = FixedPoint.double(product) / size
    let tauWord = UInt128(FixedPoint.scaled(tau, scale: 127)) << 1
    let left = product &- FixedPoint.highProduct(tauWord, d)
    let tauError = FixedPoint.double(Int128(truncatingIfNeeded: left)) / size

    // C mu - n = (r - n) + C tau: below n 2^-20, and in units of 2^-80; C 2^-83 < 2^-57.
    var linear = FixedSum()
    linear.add(classCount, times: rate)
    linear.add(drawCount, times: -1)
    linear.add(classCount, times: tau)
    drift = linear.value + count * tauError
    let mean = rate + tau
    variance = count * mean * (1 - tau)

    // n times 2^-91 and C times 2^-83 (from D): below 2^-56; the roundings of the corrections, which are
    // n 2^-46 2^-51, are below that.
    var sum = FixedSum()
    sum.add(classCount, times: rate)
    sum.add(drawCount, times: -1)
    let significand = UInt128(radius.significandBitPattern | 1 << 52)
    let ratio = FixedLogarithm(
      significand, scale: 52 - Int(radius.exponent), over: UInt64(drawCount))
    sum.add(-drawCount, times: ratio)
    let zeros = d.leadingZeroBitCount
    sum.add(classCount, times: FixedLogarithm(mantissa: d << UInt128(zeros), exponent: -zeros))
    sum.add(small: stirlingError(drawCount))
    logPrefactor = sum
  }

  /// l with l/(1 - e^-l) - 1 near `excess` > 0, with 26 significant bits.
  ///
  /// Newton's method: the function is convex and increasing, so it converges from any start.
  private static func rate(excess: Double) -> Double {
    let mean = 1 + excess
    var l = excess < 2 ? 2 * excess / (1 + excess / 3) : mean * (1 - exp(-mean))
    for _ in 0..<12 {
      let now = l / -expm1(-l)
      let slope = now * (1 + l - now) / l
      let step = (now - mean) / slope
      l -= step
      if abs(step) < 1e-5 * l { break }
    }
    return Double(bitPattern: l.bitPattern & ~((1 << 27) - 1))
  }
}
