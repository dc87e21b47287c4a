// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A binomial or hypergeometric law on a window that holds all but a tiny part of it.
struct LatticeWindow {
  /// A law of a number of successes.
  enum Law {
    /// `trials` draws with replacement: success and failure have the weights given, failure maybe 0.
    case binomial(trials: Int, success: Int, failure: Int)
    /// `trials` of `items` without replacement, `matching` of which are successes.
    case hypergeometric(items: Int, matching: Int, trials: Int)
  }

  /// The first number of successes in the window.
  private(set) var first: Int
  /// The probabilities, rounded.
  private(set) var weights: [Double]
  /// A bound of sum |weight - probability| over all numbers, those outside the window included.
  private(set) var error: Double

  /// - Parameters:
  ///   - law: The law; its numbers are below 2^31.
  ///   - tail: What may be left out on either side, relative to the window, at most 1/2.
  init(_ law: Law, tail: Double) {
    let (range, mode) = (law.range, law.mode)
    var upward: [Double] = []
    var downward: [Double] = []
    var rest = 0.0
    // From the mode, whose weight is 1, outward. The ratios of neighbours fall (both laws are
    // log-concave), so what follows a weight w with the ratio r < 1 is at most w r/(1 - r). A ratio is
    // rounded four times; 2^-48 covers that.
    func extend(_ weights: inout [Double], _ ratio: (Int) -> Double, _ last: Int) {
      var weight = 1.0
      for step in 1..<(last + 1) {
        let r = ratio(step)
        weight *= r
        weights.append(weight)
        if r < 0.99, weight * r < tail * (1 - r) {
          rest += weight * r / (1 - r) * (1 + 0x1p-40)
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
    let unscaled = downward.reversed() + [1] + upward
    var (sum, drift) = (0.0, 0.0)
    for (index, weight) in unscaled.enumerated() {
      sum += weight
      drift += weight * Double(abs(index - downward.count))
    }
    weights = unscaled.map { $0 / sum }
    // A weight i steps from the mode has a relative error of at most 5 i u, u = 2^-53 (four roundings
    // a step); with S the computed sum, which errs by count u S on top, and T the part left out,
    // sum |w/S - p| <= (2 sum 5 i u w + count u S + 2 T)/S, and each division adds u. The factors 11 and
    // 1.01 cover second-order terms.
    error =
      0x1p-53 * (11 * drift / sum + 1.01 * Double(weights.count) + 2) + 2.02 * rest / sum
  }
}

extension LatticeWindow.Law {
  /// The numbers that are possible.
  var range: ClosedRange<Int> {
    switch self {
    case .binomial(let trials, _, let failure): (failure == 0 ? trials : 0)...trials
    case .hypergeometric(let items, let matching, let trials):
      max(0, trials - (items - matching))...min(matching, trials)
    }
  }

  /// A most probable number, or one beside it.
  var mode: Int {
    let estimate: Double =
      switch self {
      case .binomial(let trials, let success, let failure):
        Double(trials + 1) * Double(success) / Double(success + failure)
      case .hypergeometric(let items, let matching, let trials):
        Double(matching + 1) * Double(trials + 1) / Double(items + 2)
      }
    return min(max(Int(estimate), range.lowerBound), range.upperBound)
  }

  /// p(m+1)/p(m) for m and m + 1 in the range.
  func ratio(at m: Int) -> Double {
    switch self {
    case .binomial(let trials, let success, let failure):
      return Double(trials - m) * Double(success) / (Double(m + 1) * Double(failure))
    case .hypergeometric(let items, let matching, let trials):
      return Double(matching - m) * Double(trials - m)
        / (Double(m + 1) * Double(items - matching - trials + m + 1))
    }
  }
}
