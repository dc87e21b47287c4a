// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The linear program of `DualProgram`: the least lambda G0 + nu Lambda + w with w >= l - lambda g +
/// nu S at the points known so far, lambda, nu >= 0.
///
/// Its dual is solved by the revised simplex method with three rows: the largest mean of l over
/// weights of the points with sum 1, a mean of g of at most G0 and a mean of -S of at most Lambda.
/// A new point is a new column, and the basis remains feasible. In `Double`: nothing rests on it.
struct CuttingPlanes {
  private struct Column {
    var cost: Double
    var entries: (Double, Double, Double)
  }

  private var columns: [Column]
  private var basis: [Int]
  private var weights: [Double]
  private let right: [Double]

  /// w, lambda and nu.
  private(set) var prices = [0.0, 0.0, 0.0]

  private static let pivotLimit = 200

  /// A program without points.
  ///
  /// - Parameters:
  ///   - level: G0.
  ///   - spread: Lambda.
  ///   - usesSpread: Whether the mean of S is bounded.
  ///   - penalty: What a point that is none costs. It makes the first basis feasible and is left
  ///     soon, where others fit.
  init(level: Double, spread: Double, usesSpread: Bool, penalty: Double) {
    right = [1, level, usesSpread ? spread : 0]
    // A point that fits, and what is left of each bound.
    columns = [
      Column(cost: -penalty, entries: (1, level - 1, usesSpread ? spread - 1 : 0)),
      Column(cost: 0, entries: (0, 1, 0)), Column(cost: 0, entries: (0, 0, 1)),
    ]
    basis = [0, 1, 2]
    weights = [1, 1, usesSpread ? 1 : 0]
    self.usesSpread = usesSpread
    solve()
  }

  private let usesSpread: Bool

  /// lambda and nu of the solution.
  var multipliers: DualMultipliers {
    DualMultipliers(loss: max(0, prices[1]), spread: usesSpread ? max(0, prices[2]) : 0)
  }

  /// The least value.
  var value: Double { zip(prices, right).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Whether points that are ones fit the bounds.
  var isFeasible: Bool {
    zip(basis, weights).allSatisfy { $0 != 0 || $1 < 1e-9 }
  }

  /// Adds a point and solves again.
  mutating func add(_ point: DualPoint) {
    guard point.spread.isFinite || !usesSpread else { return }
    columns.append(
      Column(
        cost: point.objective, entries: (1, point.loss, usesSpread ? -point.spread : 0)))
    solve()
  }

  private mutating func solve() {
    for _ in 0..<Self.pivotLimit {
      guard let inverse = inverse() else { return }
      // weights = B^-1 right, prices = c_B B^-1.
      for row in 0..<3 {
        weights[row] = (0..<3).reduce(0) { $0 + inverse[row][$1] * right[$1] }
        prices[row] = (0..<3).reduce(0) { $0 + columns[basis[$1]].cost * inverse[$1][row] }
      }
      var (entering, gain) = (-1, 0.0)
      for (index, column) in columns.enumerated() where !basis.contains(index) {
        if index == 2 && !usesSpread { continue }
        let price =
          prices[0] * column.entries.0 + prices[1] * column.entries.1
          + prices[2] * column.entries.2
        let reduced = column.cost - price
        if reduced > gain + 1e-13 * (1 + abs(price)) { (entering, gain) = (index, reduced) }
      }
      guard entering >= 0 else { return }
      let e = columns[entering].entries
      var (leaving, least) = (-1, Double.infinity)
      for row in 0..<3 {
        let change = inverse[row][0] * e.0 + inverse[row][1] * e.1 + inverse[row][2] * e.2
        guard change > 1e-12 else { continue }
        let ratio = max(0, weights[row]) / change
        if ratio < least { (leaving, least) = (row, ratio) }
      }
      guard leaving >= 0 else { return }
      basis[leaving] = entering
    }
  }

  /// The inverse of the matrix of the basis; nil if it has none.
  private func inverse() -> [[Double]]? {
    let c = basis.map { columns[$0].entries }
    let m = [
      [c[0].0, c[1].0, c[2].0], [c[0].1, c[1].1, c[2].1], [c[0].2, c[1].2, c[2].2],
    ]
    func minor(_ i: Int, _ j: Int) -> Double {
      let (a, b) = ((i + 1) % 3, (i + 2) % 3)
      let (x, y) = ((j + 1) % 3, (j + 2) % 3)
      return m[a][x] * m[b][y] - m[a][y] * m[b][x]
    }
    let determinant = (0..<3).reduce(0) { $0 + m[0][$1] * minor(0, $1) }
    guard abs(determinant) > 1e-300 else { return nil }
    return (0..<3).map { j in (0..<3).map { i in minor(i, j) / determinant } }
  }
}
