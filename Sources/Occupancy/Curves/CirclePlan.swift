// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Rigorous bounds of what a circle in `Double` leaves out.
///
/// Logarithms are sums of products and logarithms, each within 8 u of its size or of its number of classes;
/// 16 u of all sizes and 2^-6 are added before the exponential.
struct CirclePlan {
  let rates: ClassRates
  let center: Double
  let reach: Double
  let variance: Double
  let classCount: Double
  let isMiss: Bool

  /// The sum of the bounds of P(S >= n + N) and P(S <= n - N) for the worst n, for G times G(r) e^-r.
  func aliasing(_ nodes: Double) -> Double {
    let ratio = 1 + nodes / max(variance, 1e-3)
    let tilt = log(ratio)
    let above = term(ratio, center - reach + nodes, tilt)
    let lowest = isMiss ? 0 : classCount
    let below = center + reach - nodes
    return below < lowest ? above : above + term(1 / ratio, below, -tilt)
  }

  /// F: prod (f(l y)/f(l)) y^-degree, f = e^x - 1. G: G <= e^z sum_c e^-l, so e^(r (y - 1)) sum_c e^(-l y) y^-degree.
  private func term(_ y: Double, _ degree: Double, _ logY: Double) -> Double {
    let linear = rates.radius * (y - 1)
    let power = degree * logY
    var sum = 0.0
    if isMiss {
      for group in rates.groups { sum += Double(group.count) * exp(-group.rate * y) }
      // Each argument errs by 3 u of up to 745.
      let rest = log(sum + 1e-300)
      return exp(linear + rest - power + 16 * 0x1p-53 * (abs(linear) + abs(power) + 2000) + 0x1p-6)
    }
    for group in rates.groups {
      sum += Double(group.count) * log(expm1(-group.rate * y) / expm1(-group.rate))
    }
    let sizes = abs(linear) + abs(power) + 700 * classCount
    return exp(linear + sum - power + 16 * 0x1p-53 * sizes + 0x1p-6)
  }

  /// A node at an angle below 1.5. F: prod h(l cos t)/h(l). G: (1/cos t)^C e^(r (cos t - 1)) sum_c e^(-l cos t), see
  /// `MissFunction`.
  func majorant(_ angle: Double) -> Double {
    let half = sin(angle / 2)
    let versine = 2 * half * half
    let cosine = 1 - versine
    let logCosine = log(cosine)
    var sum = 0.0
    if isMiss {
      for group in rates.groups { sum += Double(group.count) * exp(-group.rate * cosine) }
      let linear = rates.radius * versine
      let power = classCount * logCosine
      let sizes = linear + abs(power) + 2000
      return exp(log(sum + 1e-300) - linear - power + 16 * 0x1p-53 * sizes + 0x1p-6)
    }
    for group in rates.groups {
      sum +=
        Double(group.count) * (log(expm1(-group.rate * cosine) / expm1(-group.rate)) - logCosine)
    }
    let linear = rates.radius * versine
    let sizes = linear + 700 * classCount
    return exp(sum - linear + 16 * 0x1p-53 * sizes + 0x1p-6)
  }
}
