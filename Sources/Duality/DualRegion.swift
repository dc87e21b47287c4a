// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A domain divided into cells, finer where a dual function may be largest: branch and bound.
///
/// Cells are kept, so that what was evaluated for some multipliers serves all others.
struct DualRegion<Cell: DualCell> {
  private struct Node {
    let cell: Cell
    /// The index of the first of two halves.
    var firstHalf: Int?
  }

  /// What is known of the maximum of a dual function.
  struct Maximum {
    /// An upper bound, proven.
    var upper: Double
    /// Maxima that are apart from each other, the largest first.
    var peaks: [DualPoint]
  }

  private var nodes: [Node]
  private let roots: Range<Int>

  /// The most cells of a region. When they are used up a bound is as good as it is by then.
  private static var cellLimit: Int { 1 << 14 }
  /// How many maxima are looked for.
  private static var peakLimit: Int { 3 }

  /// A region of cells that cover the domain.
  init(_ cells: [Cell]) {
    nodes = cells.map { Node(cell: $0) }
    roots = cells.indices
  }

  /// Bounds the maximum from above, to within `tolerance` of the largest value found.
  ///
  /// - Complexity: The cells around a maximum that have to be divided are about as many at every
  ///   scale, so O(log(1/tolerance)) new cells where the maximum is not degenerate.
  mutating func maximum(_ multipliers: DualMultipliers, tolerance: Double) -> Maximum {
    var peaks = peaks(multipliers)
    var best = peaks.first?.value ?? -.infinity
    var open = roots.map { (index: $0, bound: nodes[$0].cell.upperBound(multipliers)) }
    open.sort { $0.bound < $1.bound }
    var upper = -Double.infinity
    while let (index, bound) = open.popLast() {
      guard bound > best + tolerance, let first = firstHalf(index) else {
        upper = max(upper, bound)
        continue
      }
      var halves = [first, first + 1].map { half in
        let cell = nodes[half].cell
        if cell.centre.value(multipliers) > best {
          let peak = Peak(cell.peak(multipliers), multipliers)
          best = peak.value
          peaks.append(peak)
        }
        // A half is no worse than the whole.
        return (index: half, bound: min(bound, cell.upperBound(multipliers)))
      }
      if halves[0].bound > halves[1].bound { halves.swapAt(0, 1) }
      open += halves
    }
    return Maximum(upper: upper, peaks: Self.apart(peaks).map(\.point))
  }

  private mutating func firstHalf(_ index: Int) -> Int? {
    if let first = nodes[index].firstHalf { return first }
    guard nodes.count < Self.cellLimit, let halves = nodes[index].cell.halves else { return nil }
    nodes[index].firstHalf = nodes.count
    nodes.append(Node(cell: halves.0))
    nodes.append(Node(cell: halves.1))
    return nodes.count - 2
  }

  // MARK: - Peaks

  private struct Peak {
    let point: DualPoint
    let value: Double

    init(_ point: DualPoint, _ multipliers: DualMultipliers) {
      self.point = point
      value = point.value(multipliers)
    }
  }

  /// The maxima near the largest values at the centres of all cells.
  private func peaks(_ multipliers: DualMultipliers) -> [Peak] {
    let values = nodes.map { $0.cell.centre.value(multipliers) }
    var chosen: [Int] = []
    for _ in 0..<Self.peakLimit {
      var (best, largest) = (-1, -Double.infinity)
      for (index, value) in values.enumerated() where value > largest {
        let centre = nodes[index].cell.centre
        if chosen.contains(where: { nodes[$0].cell.centre.isNear(centre) }) { continue }
        (best, largest) = (index, value)
      }
      if best >= 0 { chosen.append(best) }
    }
    return Self.apart(chosen.map { Peak(nodes[$0].cell.peak(multipliers), multipliers) })
  }

  /// The largest of each neighbourhood, in falling order.
  private static func apart(_ peaks: [Peak]) -> [Peak] {
    var result: [Peak] = []
    for peak in peaks.sorted(by: { $0.value > $1.value })
    where !result.contains(where: { $0.point.isNear(peak.point) }) {
      result.append(peak)
    }
    return result
  }
}

extension DualPoint {
  /// Whether two points are of one neighbourhood.
  fileprivate func isNear(_ other: Self) -> Bool {
    abs(position.0 - other.position.0) < 0.5 && abs(position.1 - other.position.1) < 0.5
  }
}
