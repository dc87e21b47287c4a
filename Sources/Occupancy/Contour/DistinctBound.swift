// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Chernoff bounds of the tails of D_n, the number of distinct labels among n draws.
///
/// For d above the mean and s >= 1, P(D_n >= d) <= E s^(D_n - d), and below with s <= 1,
/// P(D_n <= d) <= E s^(D_n - d). With H of `OccupancyProduct`, whose coefficients are not negative,
///
///     E s^(D_n) = [z^n] H(s, z) / [z^n] E(z) <= H(s, r) / (r^n [z^n] E(z)) for every r > 0.
struct DistinctBound {
  let product: OccupancyProduct
  let drawCount: Int

  /// A bound of P(D_n >= d) if it is at most 2^-bits; nil also for d below the mean.
  func aboveMean(_ d: Int, atMost bits: Int) -> Real? {
    Double(d) > mean ? bound(d, bits) { $0 >= 0 } : nil
  }

  /// A bound of P(D_n <= d) if it is at most 2^-bits; nil also for d above the mean.
  func belowMean(_ d: Int, atMost bits: Int) -> Real? {
    Double(d) < mean ? bound(d, bits) { $0 <= 0 } : nil
  }

  /// E D_n, about: where the tilt of the saddle point is 1, which costs far less than the saddle
  /// point.
  private var mean: Double {
    product.tilt(product.freePoint(drawCount: Double(drawCount))).mean(0)
  }

  private func bound(_ d: Int, _ bits: Int, _ isServed: (Double) -> Bool) -> Real? {
    // Any s and r give a bound; the saddle point gives the best one.
    let (law, sampling) = (product.law, product.sampling)
    let (radius, logTilt) = TiltedSeries.saddle(
      product, drawCount: drawCount,
      center: min(max(Double(d), 0.5), Double(law.classCount) - 0.5))
    let tilt = Tilt(log: logTilt)
    guard isServed(tilt.log) else { return nil }
    let precision = boundPrecision + Int.bitWidth - drawCount.leadingZeroBitCount
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: radius, unit: law.unitExponent,
      precision: precision
    ).enclosure()
    let some = product.value(tilt: tilt, at: radius) * Tilt.power(.one, over: tilt, d)
    guard all.isPositive else { return nil }
    let bound = Enclosure(lower: Real(0), upper: some.real).divided(by: all, precision: 64).upper
    // bound < 2^exponent
    guard bound.signum > 0, let exponent = bound.binaryExponent, exponent <= -bits else {
      return nil
    }
    return bound
  }
}
