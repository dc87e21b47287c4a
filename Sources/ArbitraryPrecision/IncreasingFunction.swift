// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Roots of increasing functions, for planning.
package enum IncreasingFunction {
  /// The s at which an increasing function takes a positive value: a bracket, then false position
  /// that takes less of the end that stays (Anderson and Björck 1973), and every eighth time the
  /// middle if the others have not halved it. Beyond the limit, where e^s leaves the range of
  /// `Double`, nothing is looked for.
  package static func root(
    from guess: Double, target: Double, limit: Double = 700, _ increasing: (Double) -> Double
  ) -> Double {
    // What is not a number has overflowed.
    func excess(_ s: Double) -> Double {
      let value = increasing(s) / target - 1
      return value.isNaN ? .infinity : value
    }
    let first = excess(guess)
    if abs(first) < 1e-10 { return guess }
    var (low, high) = (guess, guess)
    var (below, above) = (first, first)
    var width = min(max(2 * abs(first), 1e-3), 1)
    while below > 0 && low > -limit {
      (high, above) = (low, below)
      low -= width
      below = excess(low)
      width *= 2
    }
    while above < 0 && high < limit {
      (low, below) = (high, above)
      high += width
      above = excess(high)
      width *= 2
    }
    var last = 0.0
    for step in 0..<400 where high - low > 1e-9 {
      if step % 8 == 0 { width = high - low }
      var s = low - below * (high - low) / (above - below)
      let isSlow = step % 8 == 7 && high - low > width / 2
      if isSlow || !(s > low && s < high) { s = (low + high) / 2 }
      let value = excess(s)
      let (end, replaced) = value < 0 ? (low, below) : (high, above)
      // Near enough, or as near as rounding lets it come.
      if abs(value) < 1e-10 || abs(value) < 1e-6 && abs(s - end) < 1e-11 { return s }
      // The same end again: the other one's value shrinks as this one's did, by half at the worst.
      let share = last * value > 0 && value / replaced < 1 ? 1 - value / replaced : 0.5
      if value < 0 {
        (low, below) = (s, value)
        if last < 0 { above *= share }
      } else {
        (high, above) = (s, value)
        if last > 0 { below *= share }
      }
      last = value
    }
    return (low + high) / 2
  }
}
