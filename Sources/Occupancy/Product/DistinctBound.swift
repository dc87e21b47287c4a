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
/// P(D_n <= d) <= E s^(D_n - d). With H of `OccupancyFunction`, whose coefficients are not negative,
///
///     E s^(D_n) = [z^n] H(s, z) / [z^n] E(z) <= H(s, r) / (r^n [z^n] E(z)) for every r > 0.
struct DistinctBound {
  let law: LabelLaw
  let sampling: SamplingScheme
  let drawCount: Int

  /// A bound of P(D_n >= d) if it is at most 2^-bits; nil also for d below the mean.
  func aboveMean(_ d: Int, atMost bits: Int) -> Real? {
    Double(d) > mean ? bound(d, bits) { $0.log >= 0 } : nil
  }

  /// A bound of P(D_n <= d) if it is at most 2^-bits; nil also for d above the mean.
  func belowMean(_ d: Int, atMost bits: Int) -> Real? {
    Double(d) < mean ? bound(d, bits) { $0.log <= 0 } : nil
  }

  /// E D_n, about: where the tilt of the saddle point is 1, which costs far less than the saddle point.
  private var mean: Double {
    let n = Double(drawCount)
    let total = law.total.double
    guard sampling == .withReplacement || n < total else { return Double(law.classCount) }
    let rate = sampling == .withReplacement ? n : -total * log1p(-n / total)
    return law.groups.reduce(0) { $0 - Double($1.classCount) * expm1(-rate * $1.probability) }
  }

  private func bound(_ d: Int, _ bits: Int, _ isServed: (Tilt) -> Bool) -> Real? {
    // Any s and r give a bound; the saddle point gives the best one.
    let (radius, best) = DistinctSeries.saddle(
      law: law, sampling: sampling, drawCount: drawCount,
      center: min(max(Double(d), 0.5), Double(law.classCount) - 0.5))
    guard isServed(best.tilt) else { return nil }
    let precision = boundPrecision + Int.bitWidth - drawCount.leadingZeroBitCount
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: radius, unit: law.unitExponent,
      precision: precision
    ).enclosure()
    let some = best.value(radius) * Tilt.power(.one, over: best.tilt, d)
    guard all.isPositive else { return nil }
    let bound = Enclosure(lower: Real(0), upper: some.real).divided(by: all, precision: 64).upper
    // bound < 2^exponent
    guard bound.signum > 0, let exponent = bound.binaryExponent, exponent <= -bits else {
      return nil
    }
    return bound
  }
}
