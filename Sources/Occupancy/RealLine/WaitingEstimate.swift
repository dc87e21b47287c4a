// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The coverage probability as a smooth function of the number of draws, in `Double` arithmetic.
///
/// With each class seen at its own exponential time, q(s) = prod_c (1 - e^(-w_c s)) is the mean of v_N
/// over a Poisson number N of draws with mean n = M s, or over a binomial one of mean n =
/// M(1 - e^(-s)), so v_n is near q - (Var N/2) d^2q/dn^2. A guess: what is returned from it is proven
/// elsewhere.
struct WaitingEstimate {
  private let law: LabelLaw
  /// M, or nil with replacement.
  private let items: Double?

  init(law: LabelLaw, sampling: SamplingScheme) {
    self.law = law
    items = sampling == .withoutReplacement ? law.total.double : nil
  }

  /// The smooth function at a number of draws.
  struct Point {
    /// ln q and ln(1 - q).
    let logCovered, logMissed: Double
    /// d ln q/dn.
    let slope: Double
    /// (Var N/2) q''/q', derivatives by n: how far the level of v lags behind that of q.
    let lag: Double
  }

  func point(drawCount n: Double) -> Point {
    // M s, and its derivatives by n.
    var (rate, rise, bend, variance) = (n, 1.0, 0.0, n)
    if let items {
      let left = max(items - n, 1e-9)
      rate = -items * log1p(-min(n / items, 1 - 1e-16))
      (rise, bend, variance) = (items / left, 1 / left, n * left / items)
    }
    // ln q, its derivative by M s, and minus the second one.
    var (log, first, second) = (0.0, 0.0, 0.0)
    for group in law.groups {
      let (x, count) = (rate * group.probability, Double(group.classCount))
      let odds = 1 / expm1(x)
      log += count * (x > 0.7 ? log1p(-exp(-x)) : logOf(-expm1(-x)))
      first += count * group.probability * odds
      second += count * group.probability * group.probability * odds * (1 + odds)
    }
    return Point(
      logCovered: log, logMissed: logOf(-expm1(log)), slope: first * rise,
      lag: variance / 2 * ((first - second / first) * rise + bend))
  }

  /// The real n at which v passes p, of which the logarithms are given; infinity if beyond `limit`.
  func crossing(logCovered: Double, logMissed: Double, limit: Double) -> Double {
    func isBelow(_ n: Double) -> Bool {
      let point = point(drawCount: n)
      return logCovered < logMissed
        ? point.logCovered < logCovered : point.logMissed > logMissed
    }
    var (low, high) = (1.0, min(2 * Double(law.classCount), limit))
    while isBelow(high) {
      if high >= limit { return .infinity }
      (low, high) = (high, min(2 * high, limit))
    }
    // To a hundredth of a draw, or what a Double holds.
    while high - low > max(0.01, high * 0x1p-48) {
      let middle = (low + high) / 2
      if isBelow(middle) { low = middle } else { high = middle }
    }
    let lag = point(drawCount: high).lag
    return lag.isFinite ? high + lag : high
  }

  private func logOf(_ x: Double) -> Double { log(x) }
}
