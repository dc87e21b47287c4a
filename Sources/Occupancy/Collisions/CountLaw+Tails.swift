// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

extension CountLaw {
  /// P(X <= m) and P(X > m) of the number X, each with full relative accuracy.
  ///
  /// The tail on the far side of the mode is p(m) times a sum of ratio products; the other one is
  /// one minus it. Where that would cancel, as where the mode itself carries the mass, the caller
  /// sees the width and asks for more bits.
  func tails(_ m: Int, precision: Int) -> Tails {
    if m < support.lowerBound { return Tails(probability: Enclosure(0), complement: Enclosure(1)) }
    if m >= support.upperBound { return Tails(probability: Enclosure(1), complement: Enclosure(0)) }
    if m == support.lowerBound && m < mode {
      // One probability, no sum.
      let low = pmf(m, precision: precision).enclosure()
      return Tails(probability: low, complement: low.complement(precision: precision))
    }
    let far = tail(m, upward: m >= mode, precision: precision)
    let near = far.complement(precision: precision)
    return m >= mode
      ? Tails(probability: near, complement: far) : Tails(probability: far, complement: near)
  }

  /// P(X > m) or P(X <= m), summed away from the mode until a geometric bound of what is left
  /// is below 2^-precision of the sum.
  private func tail(_ m: Int, upward: Bool, precision: Int) -> Enclosure {
    var walk = CountWalk(self, start: m, precision: precision)
    var sum = Accumulator(upward ? 0 : 1, precision: precision)
    var count = 1
    var rest = Magnitude.zero
    while true {
      if upward {
        walk.up()
      } else if walk.position > support.lowerBound {
        walk.down()
      } else {
        break
      }
      sum.add(walk.term.value, rounding: .nearest)
      count += 1
      let bound = upward ? walk.upwardTail : walk.downwardTail
      rest = walk.term.magnitude * Magnitude(bound)
      if bound == 0
        || rest.approximateLog2 < Magnitude(sum).approximateLog2 - Double(precision)
      {
        break
      }
    }
    // Terms are positive, with the relative error of the last one at most; each of `count`
    // additions rounds once more.
    let error = walk.term.error.compounded(.roundings(count, precision: precision))
    let partial = RealBall(sum, absoluteError: Magnitude(sum) * error)
    var probability = pmf(m, precision: precision)
    probability.multiply(by: partial)
    // What is left: in [0, rest] p(m).
    let low = probability.enclosure()
    let left = (pmf(m, precision: 64).magnitude * rest).real
    return low.adding(Enclosure(lower: Real(0), upper: left), precision: precision)
      .clampedToProbability
  }
}

extension RelativeError {
  /// The error of `count` roundings in sequence: (1+u)^n - 1 <= nu/(1 - nu), u = 2^-precision; for
  /// nu <= 2^-8 that is below 1.004 nu.
  static func roundings(_ count: Int, precision: Int) -> RelativeError {
    let steps = Double(count)
    return steps * powerOfTwo(-precision) <= 0x1p-8
      ? rounding(precision: precision).scaled(by: 1.004 * steps) : RelativeError(bound: .infinity)
  }
}
