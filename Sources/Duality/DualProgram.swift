// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Multipliers lambda and nu, with a proven bound w of the mean of the maxima of l - lambda g + nu S.
package struct DualSolution: Sendable {
  /// lambda and nu.
  package let multipliers: DualMultipliers
  /// w.
  package let maximum: Double
}

/// The least upper bound of E l that follows from E g <= G0 and E S >= -Lambda.
///
/// For all lambda, nu >= 0, E l <= lambda G0 + nu Lambda + w, where w is at least the mean over the
/// components (the classes) of the maximum of l - lambda g + nu S: Lagrange's dual. The best
/// multipliers are found by cutting planes. The maxima found so far give a linear program in
/// (lambda, nu, w); its solution is tried, and the new maxima are added. The search proves nothing.
/// w is then what branch and bound proves for the multipliers found, whatever they are.
struct DualProgram<Cell: DualCell> {
  /// A part of the domain with its probability.
  struct Component {
    let weight: Double
    var region: DualRegion<Cell>
  }

  private var components: [Component]
  /// G0 and Lambda, rounded.
  private let (level, spread): (Double, Double)
  /// Whether the mean of S is used; otherwise nu = 0.
  private let usesSpread: Bool
  /// What bounds lambda, some 10^4 times what it takes to make a loss of one class.
  private let penalty: Double

  private static var roundLimit: Int { 50 }
  /// How far above the optimum the bound may be.
  private static var tolerance: Double { 0x1p-33 }

  /// - Parameters:
  ///   - components: Their weights sum to 1.
  ///   - level: G0.
  ///   - spread: Lambda; nil if it is not used.
  ///   - presence: About P(a negative is of the rarest class), 1/lambda at large losses.
  init(_ components: [Component], level: Double, spread: Double?, presence: Double) {
    self.components = components
    self.level = level
    self.spread = spread ?? 0
    usesSpread = spread != nil
    penalty = 1e4 / min(1, max(presence, 1e-12))
  }

  /// The best solution found; nil if no distribution fits G0 and Lambda, so that no encoder does.
  mutating func solution() -> DualSolution? {
    var plan = CuttingPlanes(
      level: level, spread: spread, usesSpread: usesSpread, penalty: penalty)
    var best: (multipliers: DualMultipliers, maximum: Double, value: Double)?
    var gap = Double.infinity
    var gaps: [Double] = []
    for _ in 0..<Self.roundLimit {
      let multipliers = plan.multipliers
      // Where few encoders fit, multipliers are large, and so is what rounding costs.
      let least = Self.tolerance * (1 + multipliers.loss * level / 4)
      let (upper, cuts) = maximum(multipliers, tolerance: max(gap / 16, least / 4))
      let value = multipliers.loss * level + multipliers.spread * spread + upper
      if best.map({ value < $0.value }) ?? true { best = (multipliers, upper, value) }
      guard let best else { return nil }
      gap = min(best.value - plan.value, 1e4)
      gaps.append(gap)
      if gap <= max(least, Self.tolerance * abs(best.value)) { break }
      // Degenerate programs come to rest sooner.
      if gaps.count > 8, gap > 0.7 * gaps[gaps.count - 9] { break }
      for cut in cuts { plan.add(cut) }
    }
    guard let best, plan.isFeasible else { return nil }
    return DualSolution(multipliers: best.multipliers, maximum: best.maximum)
  }

  /// An upper bound of the mean of the maxima, and cuts: the points of the maxima together, and for
  /// a single component those of other local maxima.
  private mutating func maximum(
    _ multipliers: DualMultipliers, tolerance: Double
  ) -> (upper: Double, cuts: [DualPoint]) {
    var upper = 0.0
    var mean = DualPoint(position: (0, 0), objective: 0, loss: 0, spread: 0)
    var others: [DualPoint] = []
    for index in components.indices {
      let weight = components[index].weight
      let maximum = components[index].region.maximum(multipliers, tolerance: tolerance)
      upper += weight * maximum.upper + dualMargin(weight * maximum.upper) * 0x1p-10
      guard let point = maximum.peaks.first else { continue }
      mean.objective += weight * point.objective
      mean.loss += weight * point.loss
      mean.spread += weight * point.spread
      if components.count == 1 { others = Array(maximum.peaks.dropFirst()) }
    }
    return (upper, [mean] + others)
  }
}
