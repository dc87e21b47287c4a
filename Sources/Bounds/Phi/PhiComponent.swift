// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// G_c for the classes of one size, with the points at which it was evaluated.
struct PhiComponent {
  /// The probability that the anchor is of one of these classes.
  let share: Rational
  /// The same, rounded.
  let weight: Double
  private let function: PhiFunction
  /// In ascending order of s, from 0 to the end of the interval.
  private(set) var samples: [PhiSample]

  /// How many points of the interval are looked at first.
  private static let gridCount = 16

  init(share: Rational, function: PhiFunction, end: Double) {
    self.share = share
    weight = share.double
    self.function = function
    let last = Double(Self.gridCount - 1)
    // Denser near 0, where G may bend downward.
    samples = (0..<Self.gridCount).map { index in
      let x = Double(index) / last
      return function.sample(index == Self.gridCount - 1 ? end : end * x * x.squareRoot())
    }
  }

  /// The points of the lower convex hull of the samples, as indices.
  var hull: [Int] {
    var hull: [Int] = []
    for index in samples.indices {
      while hull.count >= 2 {
        let (a, b) = (samples[hull[hull.count - 2]], samples[hull[hull.count - 1]])
        let c = samples[index]
        // Whether b is on or above the chord from a to c.
        guard (b.value - a.value) * (c.s - a.s) >= (c.value - a.value) * (b.s - a.s) else { break }
        hull.removeLast()
      }
      hull.append(index)
    }
    return hull
  }

  /// The sample with the least G(s) - slope s.
  func leastIndex(slope: Double) -> Int {
    var (index, best, least) = (0, 0, Double.infinity)
    while index < samples.count {
      let value = samples[index].value - slope * samples[index].s
      if value < least { (best, least) = (index, value) }
      index += 1
    }
    return best
  }

  /// Adds a point unless one is as near as makes no difference.
  mutating func add(_ s: Double) {
    guard s > 0, let end = samples.last?.s, s < end else { return }
    let index = samples.firstIndex { $0.s >= s } ?? samples.count - 1
    let nearest = min(samples[index].s - s, s - samples[index - 1].s)
    if nearest > 1e-10 * max(1, s) { samples.insert(function.sample(s), at: index) }
  }

  /// Adds the point near a sample where G' is likely to be `slope`, by a step of Newton's method
  /// that stays between the neighbours.
  mutating func refine(near index: Int, slope: Double) {
    let x = samples[index]
    let d = x.slope - slope
    let low = samples[max(0, index - 1)].s
    let high = samples[min(samples.count - 1, index + 1)].s
    var s = x.curvature > 0 ? x.s - d / x.curvature : x.s - (d > 0 ? 1 : -1) * (high - low)
    // A step beyond a neighbour is cut to the middle.
    if s <= low { s = (low + x.s) / 2 }
    if s >= high { s = (high + x.s) / 2 }
    add(s)
  }

  /// A lower bound of G(s) - slope s on the whole interval: cells are halved until their bounds are
  /// about what the best sample allows, or `budget` times in all.
  mutating func intercept(slope: Double, budget: Int = 400) -> Double {
    for _ in 0..<2 { refine(near: leastIndex(slope: slope), slope: slope) }
    let best = samples[leastIndex(slope: slope)]
    let target = best.value - 2 * best.valueError - slope * best.s - 0x1p-44
    var (budget, least) = (budget, Double.infinity)
    // Halves that are not good enough yet, the leftmost last.
    var open = (1..<samples.count).reversed().map { cell($0) }
    while let cell = open.popLast() {
      let bound = cell.lowerBound(slope: slope)
      if bound >= target || budget == 0 {
        least = min(least, bound)
        continue
      }
      budget -= 1
      let middle = function.sample((cell.left.s + cell.right.s) / 2)
      open.append(PhiCell(left: middle, right: cell.right))
      open.append(PhiCell(left: cell.left, right: middle))
    }
    return least
  }

  /// The cell that ends at a sample.
  private func cell(_ index: Int) -> PhiCell {
    PhiCell(left: samples[index - 1], right: samples[index])
  }
}
