// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The step, the nodes and the certified errors of `WaitingQuadrature`.
///
/// Time is measured so that the rarest class has rate 1: rates r_c = w_c/min w, nodes t_k = e^(k h).
/// Any step and any range of nodes is allowed; the errors are bounded for the ones that are
/// chosen. `Double` arithmetic with a margin far above its rounding (noted where it is added)
/// serves for the exponents of these bounds.
struct WaitingPlan {
  /// h, exactly this number.
  let step: Double
  /// Nodes up to this one are summed in closed form, with P replaced by 0.
  let lastClosed: Int
  /// Nodes up to this one have P replaced by 0.
  let lastCertain: Int
  /// Nodes beyond this one are left out.
  let last: Int
  /// What all of this costs the integral of each moment, first and second.
  let errors: (first: Magnitude, second: Magnitude)

  /// ln r_c and the number of classes, for each group.
  private let rates: [(log: Double, classCount: Double)]

  /// - Parameters:
  ///   - law: The law of one label.
  ///   - damping: ln min w without replacement, nil with (see `WaitingQuadrature`).
  ///   - bits: -log2 of the absolute error to aim at.
  init(law: LabelLaw, damping: Double?, bits: Int) {
    let smallest = law.smallestWeight.naturalLogarithm
    rates = law.groups.map { ($0.weight.naturalLogarithm - smallest, Double($0.classCount)) }
    let nats = Double(bits) * 0.693_147_180_559_945_4
    let strip = Strip.best(classCount: Double(law.classCount), nats: nats)
    step = strip.step
    let (h, logCount) = (strip.step, strip.logCount)

    // C e^-t 2(t+1) <= e^-nats at the last node, by two steps of its fixed point.
    var end = nats + logCount + 2
    end = nats + logCount + 2 + log(2 * (end + 1))
    end = max(2, nats + logCount + 1 + log(2 * (end + 1)))
    last = Int((log(end) / h).rounded(.up)) + 1

    // ln P + 2 max(0, ln t) <= -nats, true at ln t = -nats - 1 because P <= 1 - e^-t <= t.
    var (low, high) = (Int((-(nats + 2) / h).rounded(.down)), last)
    while high - low > 1 {
      let middle = (low + high) / 2
      let t = Double(middle) * h
      if Self.logCovered(rates, at: t) + 2 * max(0, t) <= -nats - 1 {
        low = middle
      } else {
        high = middle
      }
    }
    lastCertain = low
    // Closed form: t/min w <= 1/4; e^-1.5 < 1/4 leaves room for the rounding of this line.
    lastClosed = min(low, damping.map { Int((($0 - 1.5) / h).rounded(.down)) } ?? low)
    errors = Self.errors(
      strip: strip, start: Double(low) * h, end: Double(last) * h,
      logCovered: Self.logCovered(rates, at: Double(low) * h))
  }

  /// Alias + start + end.
  ///
  /// * Start, nodes t_k <= t: P increases, so h sum t_k P(t_k) <= P(t) t h/(1 - e^-h) <= P(t) t (1+h)
  ///   and h sum 2 t_k^2 P(t_k) <= P(t) t^2 2h/(1 - e^(-2h)) <= P(t) t^2 (1 + 2h).
  /// * End, nodes t_k > t >= 2: 1 - P(s) <= sum_c e^(-r_c s), and s e^(-r s), s^2 e^(-r s) decrease for
  ///   s >= 2 as r >= 1: the sums stay below the integrals over ln s,
  ///   sum_c e^(-r_c t)/r_c <= C e^-t and 2 sum_c e^(-r_c t)(t/r_c + 1/r_c^2) <= 2 C e^-t (t+1).
  private static func errors(
    strip: Strip, start: Double, end: Double, logCovered: Double
  ) -> (Magnitude, Magnitude) {
    let h = strip.step
    // All logarithms here are sums of a few terms below 2^20 in size, so each is off by less than
    // 2^-20; logCovered is a sum of terms of one sign: off by less than 2^-30 of itself.
    let covered = logCovered * (1 - 0x1p-30) + start
    let outer = strip.logCount - exp(end) * (1 - 0x1p-40)
    let first =
      Magnitude.exponential(strip.logAlias.first) + .exponential(covered + h + 0x1p-20)
      + .exponential(outer + 0x1p-20)
    let second =
      Magnitude.exponential(strip.logAlias.second)
      + .exponential(covered + start + 2 * h + 0x1p-20)
      + .exponential(outer + log(2 * (exp(end) + 1)) + 0x1p-20)
    return (first, second)
  }

  /// ln P(t) = sum_c ln(1 - e^(-r_c t)), given ln t.
  private static func logCovered(
    _ rates: [(log: Double, classCount: Double)], at logTime: Double
  ) -> Double {
    var sum = 0.0
    for rate in rates {
      let x = exp(rate.log + logTime)
      if x > 45 { break }
      sum += rate.classCount * (x > 0.7 ? log1p(-exp(-x)) : log(-expm1(-x)))
    }
    return sum
  }
}

extension Magnitude {
  /// An upper bound of e^x.
  static func exponential(_ x: Double) -> Magnitude {
    var value = Accumulator(precision: 64)
    value.set(x, rounding: .up)
    value.formExponential(rounding: .up)
    return Magnitude(value)
  }
}
