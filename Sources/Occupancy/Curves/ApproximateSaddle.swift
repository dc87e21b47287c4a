// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A radius near the saddle point of F or G for a degree: for planning, any radius is right.
struct ApproximateSaddle {
  /// nil if none was found.
  private(set) var radius: Double?
  /// The variance of S there.
  private(set) var variance = 1.0
  /// 1 - prod (1 - e^-l).
  private(set) var missRatio = 1.0

  init(_ law: ClassRates.Law, degree: Int, isMiss: Bool, guess: Double?) {
    let n = Double(degree)
    let total = Double(law.total)
    let excess = (n - Double(law.classCount)) / Double(law.classCount)
    var r =
      guess
      ?? (isMiss
        ? n : Double(law.classCount) * min(2 * excess, 2 * excess / (1 + excess / 3) + excess))
    guard r > 0 else { return }
    for _ in 0..<24 {
      var (tail, logarithm, spread) = (0.0, 0.0, 0.0)
      for (weight, count) in law.groups {
        let l = r * Double(weight) / total
        let q = exp(-l)
        let rho = q / -expm1(-l)
        let tau = l * rho
        tail += Double(count) * tau
        spread += Double(count) * (l + tau) * (1 - tau)
        if isMiss { logarithm += Double(count) * log1p(-q) }
      }
      var step: Double
      if isMiss {
        missRatio = -expm1(logarithm)
        // mean = r + tail - tail/miss; the difference changes slowly.
        step = r + tail - tail / missRatio - n
        variance = r
      } else {
        // d mean/d ln r is the variance.
        step = (r + tail - n) * r / spread
        variance = spread
      }
      if !(step.isFinite) { return }
      step = min(max(step, -r), r / 2)
      r = step >= r ? r / 2 : r - step
      if step == r || abs(step) < 1e-4 * r / max(variance, 1).squareRoot() {
        radius = r > 0 ? r : nil
        return
      }
    }
  }
}
