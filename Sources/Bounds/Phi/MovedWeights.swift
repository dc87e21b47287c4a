// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Weights on multiples of h that stand for weights on all integers, each of which was moved to the
/// two multiples around it in the shares that keep its mean.
///
/// A weight p at a = i h + b goes to i h as p (1 - b/h) and to (i + 1) h as p b/h. For concave f
/// Jensen's inequality gives (1 - b/h) f(i h) + (b/h) f(i h + h) <= f(a): a sum over the moved
/// weights is at most that over the weights, by h^2/8 of the largest |f''|. What is moved twice, m
/// and then n of a pair, serves f(m, n) = ln(1 + m + n(e^s - 1)) as well, with min(n, m + 1) in place
/// of n too, as these are concave in m and in n, for all real m, n >= 0.
struct MovedWeights {
  /// h, a power of two.
  let step: Int
  /// The first multiple.
  private(set) var first = 0
  /// The weights, from the first multiple on.
  private(set) var weights: [Double] = []

  /// No weights.
  init(step: Int) { self.step = step }

  /// The weights of a window, moved.
  init(_ window: LatticeWindow, step: Int) {
    self.step = step
    let shift = step.trailingZeroBitCount
    let (start, mask) = (window.first >> shift, step - 1)
    let last = (window.first + window.weights.count - 1) >> shift
    first = start << shift
    weights = Array(repeating: 0, count: last - start + 2)
    for (offset, weight) in window.weights.enumerated() {
      let n = window.first + offset
      let share = Double(n & mask) / Double(step)
      let index = n >> shift - start
      weights[index] += weight * (1 - share)
      weights[index + 1] += weight * share
    }
  }

  /// Adds other weights, of the same h, times a factor.
  mutating func add(_ other: MovedWeights, times factor: Double) {
    if weights.isEmpty { first = other.first }
    let missing = (first - other.first) / step
    if missing > 0 {
      weights.insert(contentsOf: Array(repeating: 0, count: missing), at: 0)
      first = other.first
    }
    let start = (other.first - first) / step
    let more = start + other.weights.count - weights.count
    if more > 0 { weights.append(contentsOf: Array(repeating: 0, count: more)) }
    for (offset, weight) in other.weights.enumerated() {
      weights[start + offset] += factor * weight
    }
  }
}
