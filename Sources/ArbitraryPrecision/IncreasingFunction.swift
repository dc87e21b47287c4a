// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Roots of increasing functions, for planning.
package enum IncreasingFunction {
  /// The s at which an increasing function takes a positive value: a bracket, then false position
  /// with halving (Illinois), which a monotone function cannot defeat. Beyond the limit, where e^s
  /// leaves the range of `Double`, nothing is looked for.
  package static func root(
    from guess: Double, target: Double, limit: Double = 700, _ increasing: (Double) -> Double
  ) -> Double {
    func excess(_ s: Double) -> Double { increasing(s) / target - 1 }
    var (low, high) = (guess - 1, guess + 1)
    var (below, above) = (excess(low), excess(high))
    var width = 1.0
    while !(below <= 0) && low > -limit {
      (high, above) = (low, below)
      low -= width
      below = excess(low)
      width *= 2
    }
    width = 1
    while !(above >= 0) && high < limit {
      (low, below) = (high, above)
      high += width
      above = excess(high)
      width *= 2
    }
    for _ in 0..<80 where high - low > 1e-9 {
      var s = low - below * (high - low) / (above - below)
      if !(s > low && s < high) { s = (low + high) / 2 }
      let value = excess(s)
      if abs(value) < 1e-10 { return s }
      if value < 0 {
        (low, below) = (s, value)
        above /= 2
      } else {
        (high, above) = (s, value)
        below /= 2
      }
    }
    return (low + high) / 2
  }
}
