// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// s^d H_d(z), H_d(z) = [y^d] prod_c (1 + y (g^(w_c) - 1)): the draws with d distinct labels, for a
/// range of d.
///
/// As the coefficients are not negative, s^d H_d(x) <= H(t, x) (s/t)^d for every t > 0. Each term of
/// H_d is a product of d factors, so its majorant is (r/x)^d H_d(x). Bounds are the largest over the
/// range: at one of its ends, as both are powers of d.
struct DistinctSeries: BoundedSeries {
  let law: LabelLaw
  let sampling: SamplingScheme
  /// s.
  let tilt: Tilt
  /// The d that bounds hold for.
  let range: ClosedRange<Int>
  /// The radius of the circle. Beyond it the last d of the range weighs most, within it the first.
  let radius: Double

  var lowestDegree: Int { range.lowerBound }

  private func center(_ x: Double) -> Double {
    Double(x >= radius ? range.upperBound : range.lowerBound)
  }

  /// H at the tilt t for which the tilted D has its mean at the center, strictly between 0 and C: the
  /// best bound for H_center(x).
  func tilted(_ x: Double, center: Double) -> OccupancyFunction {
    // t (g^w - 1) is near d/(C - d) for an average class.
    let c = Double(law.classCount)
    let average = logExpMinusOne(sampling.logBase(x) * law.scaledTotal / c)
    let limit = 1e17
    let guess = min(max(log(center / (c - center)) - average, -limit), limit)
    let logTilt = ContourPlan.root(
      from: guess, target: center, limit: limit
    ) { function(logTilt: $0).moments(x).distinct }
    return function(logTilt: logTilt)
  }

  /// The saddle point: r and H at the tilt for which the tilted D has its mean at the center and S
  /// at n.
  static func saddle(
    law: LabelLaw, sampling: SamplingScheme, drawCount n: Int, center: Double
  ) -> (radius: Double, function: OccupancyFunction) {
    // The scale s^d and the range play no role here.
    let series = DistinctSeries(law: law, sampling: sampling, tilt: .one, range: 1...1, radius: 0)
    let logRadius = ContourPlan.root(
      from: log(Double(n) / law.scaledTotal), target: Double(n), limit: 300
    ) {
      let x = exp($0)
      return series.tilted(x, center: center).moments(x).draws
    }
    let radius = exp(logRadius)
    return (radius, series.tilted(radius, center: center))
  }

  private func function(logTilt: Double) -> OccupancyFunction {
    OccupancyFunction(law: law, sampling: sampling, tilt: Tilt(log: logTilt))
  }

  func logValue(_ x: Double) -> Double {
    let center = center(x)
    let h = tilted(x, center: center)
    return h.logValue(x) + center * (tilt.log - h.tilt.log)
  }

  func excess(_ x: Double) -> Double {
    tilted(x, center: center(x)).moments(x).draws - Double(lowestDegree)
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logValue(x) + center(x) * log(r / x)
  }

  func value(_ x: Double) -> Magnitude {
    let h = tilted(x, center: center(x))
    return h.value(x)
      * max(
        Tilt.power(tilt, over: h.tilt, range.lowerBound),
        Tilt.power(tilt, over: h.tilt, range.upperBound))
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    // r/x is at least 1 but for rounding.
    value(x) * max(powerOfRatio(r, x, range.lowerBound), powerOfRatio(r, x, range.upperBound))
  }
}

extension Magnitude {
  /// The larger of two bounds.
  static func max(_ a: Magnitude, _ b: Magnitude) -> Magnitude {
    if a.mantissa == 0 || b.mantissa == 0 { return a.mantissa == 0 ? b : a }
    return (a.exponent, a.mantissa) > (b.exponent, b.mantissa) ? a : b
  }
}

private func max(_ a: Magnitude, _ b: Magnitude) -> Magnitude { .max(a, b) }
