// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Minima of functions that fall and then rise, for planning.
package enum UnimodalFunction {
  /// A place near the minimum, and the value there, by golden section: a bracket shrinks to
  /// 0.618 of itself in each step.
  package static func minimum(
    in bracket: ClosedRange<Double>, steps: Int, _ value: (Double) -> Double
  ) -> (place: Double, value: Double) {
    let ratio = 0.381_966_011_250_105_1
    var (a, d) = (bracket.lowerBound, bracket.upperBound)
    var (b, c) = (a + ratio * (d - a), d - ratio * (d - a))
    var (atB, atC) = (value(b), value(c))
    for _ in 0..<steps {
      if atB < atC {
        (d, c, atC) = (c, b, atB)
        b = a + ratio * (d - a)
        atB = value(b)
      } else {
        (a, b, atB) = (b, c, atC)
        c = d - ratio * (d - a)
        atC = value(c)
      }
    }
    return atB < atC ? (b, atB) : (c, atC)
  }
}
