// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// A law of counts in `Double`, on a window that holds all but a tiny part of it.
struct LatticeWindow {
  /// The first number of successes in the window.
  private(set) var first: Int
  /// The probabilities, rounded.
  private(set) var weights: [Double]
  /// A bound of sum |weight - probability| over all numbers, those outside the window included.
  private(set) var error: Double

  /// - Parameters:
  ///   - law: The law; its numbers and weights are below 2^31.
  ///   - tail: What may be left out on either side, relative to the window, at most 1/2.
  init(_ law: CountLaw, tail: Double) {
    let (range, mode) = (law.support, law.mode)
    var upward: [Double] = []
    var downward: [Double] = []
    var rest = 0.0
    // From the mode, whose weight is 1, outward. The ratios of neighbours fall (both laws are
    // log-concave), so what follows a weight w with the ratio r < 1 is at most w r/(1 - r). A ratio
    // is rounded four times; 2^-48 covers that.
    func extend(_ weights: inout [Double], _ ratio: (Int) -> Double, _ last: Int) {
      var weight = 1.0
      for step in 1..<(last + 1) {
        let r = ratio(step)
        weight *= r
        weights.append(weight)
        if r < 0.99, weight * r < tail * (1 - r) {
          rest += weight * r / (1 - r)
          return
        }
      }
    }
    if mode < range.upperBound {
      extend(&upward, { law.ratio(at: mode + $0 - 1) }, range.upperBound - mode)
    }
    if mode > range.lowerBound {
      extend(&downward, { 1 / law.ratio(at: mode - $0) }, mode - range.lowerBound)
    }
    first = mode - downward.count
    weights = []
    weights.reserveCapacity(downward.count + 1 + upward.count)
    weights.append(contentsOf: downward.reversed())
    weights.append(1)
    weights.append(contentsOf: upward)
    var (sum, drift) = (0.0, 0.0)
    for (index, weight) in weights.enumerated() {
      sum += weight
      drift += weight * Double(abs(index - downward.count))
    }
    for index in weights.indices { weights[index] /= sum }
    // A weight i steps from the mode has a relative error of at most 5 i u, u = 2^-53: a ratio has
    // three roundings, or four with its reciprocal, and the product one. With S the computed sum,
    // which errs by count u S on top, and T the part left out, sum |w/S - p| <= (2 sum 5 i u w +
    // count u S + 2 T)/S, and each division adds u. The factors 11, 1.01 and 2.02 cover second-order
    // terms and the roundings of T and of this, and leave nearly a hundredth.
    error =
      0x1p-53 * (11 * drift / sum + 1.01 * Double(weights.count) + 2) + 2.02 * rest / sum
  }
}
