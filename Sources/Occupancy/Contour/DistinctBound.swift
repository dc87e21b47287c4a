// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// Chernoff bounds of the tails of D_n, the number of distinct labels among n draws.
///
/// For d above the mean and s >= 1, P(D_n >= d) <= E s^(D_n - d), and below with s <= 1,
/// P(D_n <= d) <= E s^(D_n - d). With H of `OccupancyProduct`, whose coefficients are not negative,
///
///     E s^(D_n) = [z^n] H(s, z) / [z^n] E(z) <= H(s, r) / (r^n [z^n] E(z)) for every r > 0.
struct DistinctBound {
  let product: OccupancyProduct
  let drawCount: Int

  /// A bound of P(D_n >= d), or of P(D_n <= d), if it is at most 2^-bits; nil also for d on the other
  /// side of the mean.
  func bound(_ side: CountSide, _ d: Int, atMost bits: Int) -> Real? {
    // E D_n, about: where the tilt of the saddle point is 1, which costs far less than the saddle
    // point.
    let mean = product.tilt(product.freePoint(drawCount: drawCount)).mean(0)
    guard side == .atLeast ? Double(d) > mean : Double(d) < mean else { return nil }
    // Any s and r give a bound; the saddle point gives the best one.
    let (radius, logTilt) = TiltedSeries.saddle(
      product, drawCount: drawCount,
      center: min(max(Double(d), 0.5), Double(product.law.classCount) - 0.5))
    let tilt = Tilt(log: logTilt)
    guard side == .atLeast ? tilt.logarithm >= 0 : tilt.logarithm <= 0 else { return nil }
    let some = product.value(tilt: tilt, at: radius) * Tilt.power(.one, over: tilt, d)
    // bound < 2^exponent
    guard let bound = product.chance(some, drawCount: drawCount, radius: radius), bound.signum > 0,
      let exponent = bound.binaryExponent, exponent <= -bits
    else { return nil }
    return bound
  }
}
