// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels
internal import Synchronization

/// The windows of a law of D_n, unequal classes: where they lie, how far they reach and what they
/// are computed in.
final class DistinctWindows: Sendable {
  private let product: OccupancyProduct
  private let drawCount: Int
  private let support: ClosedRange<Int>

  /// How far windows reach.
  private struct Reach {
    /// From the centre of the last one, in numbers d.
    var last = 0
    /// For one in words, as the last one in words has it.
    var words = DistinctWindow.Plan.narrowReach
  }

  private let reach = Mutex(Reach())

  /// - Parameter support: The d with a positive probability.
  init(_ product: OccupancyProduct, drawCount: Int, support: ClosedRange<Int>) {
    self.product = product
    self.drawCount = drawCount
    self.support = support
  }

  /// The probabilities of a window, or of two, that serves d, below n and C, and others near it with
  /// a relative width of at most 2^-precision; nil where it would take too long.
  ///
  /// - Parameter isKnown: Which others are known.
  func probabilities(
    serving d: Int, precision: Int, isKnown: (_ distinctCount: Int) -> Bool
  ) throws -> [Int: Enclosure]? {
    // Where windows follow each other the next one is computed beside this one.
    let places = places(for: d, hasLess: isKnown(d - 1), hasMore: isKnown(d + 1))
    let windows = Parallel.map(places.count, isWorthwhile: true) { i in
      Result { try window(serving: places[i].d, near: places[i].center, precision) }
    }
    guard var found = try windows[0].get() else { return nil }
    for next in windows.dropFirst() { found.merge((try? next.get()) ?? [:]) { $1 } }
    return found
  }

  /// How long a number takes, about, with its share of the window that serves d; nil if that would
  /// take too long.
  func secondsEach(near d: Int, precision: Int) -> Double? {
    (wordPlan(serving: d, near: d, precision)?.plan
      ?? cheapestPlan(serving: d, near: d, precision))?.secondsEach
  }

  private func window(
    serving d: Int, near center: Int, _ precision: Int
  ) throws -> [Int: Enclosure]? {
    var center = center
    var isFirst = true
    return try Refinement.result(of: "the torus", precision: precision, spare: 0) { working in
      if isFirst {
        isFirst = false
        if let (plan, reach) = wordPlan(serving: d, near: center, working) {
          self.reach.withLock { $0.words = reach }
          return attempt(
            d, DistinctWindow(plan, ComplexWord.self, precision: FixedArithmetic.precision),
            precision)
        }
      }
      guard let plan = cheapestPlan(serving: d, near: center, working) else { return .settled(nil) }
      center = d
      let exact = plan.torus.lost.ballPrecision(plan.workingBits(for: working))
      return attempt(d, DistinctWindow(plan, ComplexBall.self, precision: exact), precision)
    }
  }

  /// What a window knows well enough, if that includes d.
  private func attempt(_ d: Int, _ window: DistinctWindow, _ precision: Int)
    -> Refinement.Attempt<[Int: Enclosure]?>
  {
    let missing = window[d].missingBits(relativePrecision: precision)
    guard missing == 0 else { return .missing(bits: missing) }
    reach.withLock { $0.last = (window.range.upperBound - window.range.lowerBound) / 2 }
    let good = window.range.filter { window[$0].isWithin(relativePrecision: precision) }
    return .settled(Dictionary(uniqueKeysWithValues: good.map { ($0, window[$0]) }))
  }

  /// A window about `center` if that holds d, else about d; nil if there is none.
  private func plan(
    serving d: Int, near center: Int, _ bits: Int, _ reach: Double, isSeries: Bool = false
  ) -> DistinctWindow.Plan? {
    func plan(_ center: Int) -> DistinctWindow.Plan? {
      DistinctWindow.Plan(
        product, drawCount: drawCount, possible: support, distinctCount: center,
        bits: Double(bits + 8), reach: reach, isSeries: isSeries)
    }
    if center != d, let near = plan(center), near.range.contains(d) { return near }
    return plan(d)
  }

  /// A plan in words, if they serve, and how far the next one can reach.
  private func wordPlan(serving d: Int, near center: Int, _ bits: Int)
    -> (plan: DistinctWindow.Plan, reach: Double)?
  {
    let (last, least) = (reach.withLock { $0.words }, DistinctWindow.Plan.narrowReach)
    for reach in last > least ? [last, least] : [least] {
      let plan = plan(serving: d, near: center, bits, reach)
      if let plan, let next = plan.wordReach(for: bits) { return (plan, next) }
    }
    return nil
  }

  /// The plan in balls of which a member takes the least time.
  private func cheapestPlan(serving d: Int, near center: Int, _ bits: Int) -> DistinctWindow.Plan? {
    let reach = DistinctWindow.Plan.seriesReach(bits: bits)
    return [
      plan(serving: d, near: center, bits, DistinctWindow.Plan.wideReach),
      plan(serving: d, near: center, bits, reach, isSeries: true),
    ].compactMap(\.self).min { $0.secondsEach < $1.secondsEach }
  }

  /// Where to centre a window that serves d: laws are asked for in order, so that next to a d that
  /// is known the window lies on the other side of d, about as far as the last one reached; and the
  /// same for the first d beyond it, which is asked for next where there are many windows to come.
  private func places(for d: Int, hasLess: Bool, hasMore: Bool) -> [(d: Int, center: Int)] {
    guard hasLess != hasMore else { return [(d, d)] }
    let reach = reach.withLock { $0.last }
    let (first, last) = (support.lowerBound, min(product.requirement.classCount, drawCount) - 1)
    let (sign, left) = hasLess ? (1, last - d) : (-1, d - first)
    let next = d + sign * (reach * 15 / 8 + 1)
    return (left > 16 * reach ? [d, next] : [d]).map {
      ($0, min(max($0 + sign * (reach * 7 / 8), first), last))
    }
  }
}
