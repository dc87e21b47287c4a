// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// s^d H_d(z), H_d(z) = [y^d] H(y, z): the draws with d classes that count, for a range of d.
///
/// s^d H_d(x) <= H(t, x) (s/t)^d for every t > 0, and on the circle |H_d(z)| <= t^-d g(x)^W prod_c
/// (L_c(r) + t (r/x)^m U_c(x)) (Theorem 6). Bounds are those at the two ends of the range together,
/// as both are powers of d.
struct TiltedSeries: BoundedSeries {
  let product: OccupancyProduct
  /// s.
  let tilt: Tilt
  /// The d that bounds hold for.
  let range: ClosedRange<Int>

  /// Every class takes a draw at least.
  var lowestDegree: Int { range.lowerBound }

  /// ln t for the best bound of all d of the range at a point, where s stands for a given tilt: s
  /// itself if the mean of D lies in the range then, else where it is the end that is nearer. Any
  /// other choice would make the bound of the other end far larger than that.
  private func logTilt(_ x: Double, _ logTilt: Double) -> Double {
    let classes = product.tilt(x)
    let mean = classes.mean(logTilt)
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    return mean < low || mean > high
      ? classes.logTilt(mean: mean < low ? low : high) : logTilt
  }

  /// ln of the bound H(t, x) (s/t)^d, the largest of those of all d.
  private func logBound(_ x: Double, _ logTilt: Double) -> Double {
    let t = self.logTilt(x, logTilt)
    let d = t > logTilt ? range.lowerBound : range.upperBound
    return product.logTilted(x, log: t) + Double(d) * (logTilt - t)
  }

  /// The saddle point: r and ln s where the tilted law has its mean number of classes at the
  /// center, strictly between 0 and C, and its mean number of draws at n.
  static func saddle(_ product: OccupancyProduct, drawCount n: Int, center: Double) -> (
    radius: Double, logTilt: Double
  ) {
    let logRadius = IncreasingFunction.root(
      from: log(Double(n) / product.law.scaledTotal), target: Double(n), limit: 300
    ) {
      let splits = product.splits(exp($0))
      let tilt = product.tilt(splits).logTilt(mean: center)
      return product.moments(exp($0), log: tilt, splits).draws
    }
    let radius = exp(logRadius)
    return (radius, product.tilt(radius).logTilt(mean: center))
  }

  func logValue(_ x: Double) -> Double { logBound(x, tilt.logarithm) }

  func excess(_ x: Double) -> Double {
    product.moments(x, log: logTilt(x, tilt.logarithm)).draws - Double(lowestDegree)
  }

  /// The bound on the circle of radius r is that at x with t (r/x) for t, s (r/x) for s.
  func logMajorant(_ x: Double, radius r: Double) -> Double {
    logBound(x, tilt.logarithm + log(r / x))
  }

  func value(_ x: Double) -> Magnitude {
    let t = Tilt(log: logTilt(x, tilt.logarithm))
    return product.value(tilt: t, at: x) * scale(t)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let growth = log(r / x)
    let t = Tilt(log: logTilt(x, tilt.logarithm + growth) - growth)
    return product.value(tilt: t, short: r, reached: x) * scale(t)
  }

  /// At least (s/t)^d for every d of the range.
  private func scale(_ t: Tilt) -> Magnitude {
    Tilt.power(tilt, over: t, range.lowerBound) + Tilt.power(tilt, over: t, range.upperBound)
  }
}
