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
  /// The radius of the circle. Beyond it the last d of the range weighs most, within it the first.
  let radius: Double

  /// Every class takes a draw at least.
  var lowestDegree: Int { range.lowerBound }

  private func center(_ x: Double) -> Double {
    Double(x >= radius ? range.upperBound : range.lowerBound)
  }

  /// ln t for the best bound at a point.
  private func logTilt(_ x: Double) -> Double { product.tilt(x).logTilt(mean: center(x)) }

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

  func logValue(_ x: Double) -> Double {
    let t = logTilt(x)
    return product.logTilted(x, log: t) + center(x) * (tilt.logarithm - t)
  }

  func excess(_ x: Double) -> Double {
    product.moments(x, log: logTilt(x)).draws - Double(lowestDegree)
  }

  func logMajorant(_ x: Double, radius r: Double) -> Double { logValue(x) + center(x) * log(r / x) }

  func value(_ x: Double) -> Magnitude {
    let t = Tilt(log: logTilt(x))
    return product.value(tilt: t, at: x) * scale(t)
  }

  func majorant(_ x: Double, radius r: Double) -> Magnitude {
    let t = Tilt(log: logTilt(x) + log(x / r))
    return product.value(tilt: t, short: r, reached: x) * scale(t)
  }

  /// At least (s/t)^d for every d of the range.
  private func scale(_ t: Tilt) -> Magnitude {
    Tilt.power(tilt, over: t, range.lowerBound) + Tilt.power(tilt, over: t, range.upperBound)
  }
}
