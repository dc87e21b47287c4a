// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// A tail of a waiting time as the nearest `Double`s, for many numbers of draws at once.
extension WaitingTime {
  /// P(T <= n), or P(T > n), rounded to nearest, for each n in the order given: the very numbers
  /// that `cdf(n)` and `ccdf(n)` round to, at a fraction of the cost.
  ///
  /// Numbers of draws that lie close together share the nodes of circles (`TailSweep`). Both tails
  /// are monotone, so where one is proven to round to 0 or 1, it does so at all n beyond.
  ///
  /// - Throws: `DomainError` for n beyond 10^15; `CapacityError`.
  package func doubles(_ drawCounts: [Int], complement: Bool) throws -> [Double] {
    let order = drawCounts.indices.sorted { drawCounts[$0] < drawCounts[$1] }
    let sorted = order.map { drawCounts[$0] }
    // One that is out of range is an error, whatever the others are.
    if let last = sorted.last { _ = try point(last) }
    var values = [Double](repeating: 0, count: sorted.count)
    let inner = try saturated(sorted, complement, &values)
    // A part begins with a circle of its own, and enough of them keep all cores busy to the end.
    let size = max(256, (inner.count + 31) / 32)
    let chunks = Parallel.map((inner.count + size - 1) / size, isWorthwhile: inner.count > 2 * size)
    { chunk -> Result<[Double], any Error> in
      let start = inner.lowerBound + chunk * size
      let end = min(start + size, inner.upperBound)
      return Result {
        var sweep = TailSweep(self, complement: complement)
        // A circle may serve more than this part.
        let rest = sorted[start..<inner.upperBound]
        return try (start..<end).map { try sweep.value(rest, at: $0) }
      }
    }
    var place = inner.lowerBound
    for chunk in chunks {
      for value in try chunk.get() {
        values[place] = value
        place += 1
      }
    }
    var result = values
    for (value, index) in zip(values, order) { result[index] = value }
    return result
  }

  /// Fills in what rounds to 0 or 1 at both ends, as far as an estimate says and one value proves.
  ///
  /// - Returns: The places of what is left.
  private func saturated(_ sorted: [Int], _ complement: Bool, _ values: inout [Double]) throws
    -> Range<Int>
  {
    let estimate = CoverageEstimate(OccupancyProduct(requirement, sampling))
    let reach = reach
    // e^-38.5 < 2^-54, half of what 1 differs by from its neighbour, and e^-746 < 2^-1075, half of
    // the least number; with something to spare.
    let (toOne, toZero) = (-38.5, -746.0)
    func reached(_ n: Int) -> Double {
      n < reach.lowerBound ? -.infinity : estimate.logTails(drawCount: Double(n)).reached
    }
    func missed(_ n: Int) -> Double {
      n < reach.lowerBound
        ? 0 : n >= reach.upperBound ? -.infinity : estimate.logTails(drawCount: Double(n)).missed
    }
    var inner = sorted.indices
    let low = inner.first(fromWhichOn: { reached(sorted[$0]) > (complement ? toOne : toZero) })
    let high = inner.first(fromWhichOn: { missed(sorted[$0]) < (complement ? toZero : toOne) })
    let (lower, upper) = complement ? (1.0, 0.0) : (0.0, 1.0)
    if low > 0, try nearest(sorted[low - 1], complement) == lower {
      for place in 0..<low { values[place] = lower }
      inner = low..<inner.upperBound
    }
    if high < sorted.count, high >= inner.lowerBound, try nearest(sorted[high], complement) == upper
    {
      for place in high..<sorted.count { values[place] = upper }
      inner = inner.lowerBound..<high
    }
    return inner
  }

  /// One value by itself.
  func nearest(_ n: Int, _ complement: Bool) throws -> Double {
    try complement ? ccdf(n).double : cdf(n).double
  }
}
