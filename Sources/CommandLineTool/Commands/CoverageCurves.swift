// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The coverage probabilities of the rows of a table, alone and with those of collisions: one curve
/// for each scheme, so that neighbouring rows share their work.
struct CoverageCurves {
  private let method: OccupancyMethod
  private let goal: GoalOptions
  private let digits: Int
  private var curves: [CoverageCurve] = []
  private var covered: [CoveredCollisionCurve] = []

  /// - Parameter digits: How many significant digits are printed.
  init(method: OccupancyMethod, goal: GoalOptions, digits: Int) {
    self.method = method
    self.goal = goal
    self.digits = digits
  }

  /// The coverage probability of a row; all rows have the same law.
  mutating func coverage(_ item: DrawRequest.Case) throws -> CoverageProbability {
    // In its place: a curve that is taken out of a dictionary and put back costs as much as a value.
    let index = curves.indices.first { curves[$0].sampling == item.sampling } ?? curves.count
    if index == curves.count {
      curves.append(
        CoverageCurve(
          law: item.law.law, sampling: item.sampling, method: method,
          goal: try goal.goal(for: item.law), significantDigits: digits))
    }
    return try curves[index].coverage(drawCount: item.drawCount)
  }

  /// The law of collisions and coverage of a row.
  mutating func coveredCollisions(_ item: DrawRequest.Case) throws -> CoveredCollisionLaw {
    let index = covered.indices.first { covered[$0].sampling == item.sampling } ?? covered.count
    if index == covered.count {
      covered.append(
        CoveredCollisionCurve(
          law: item.law.law, sampling: item.sampling, method: method,
          goal: try goal.goal(for: item.law), significantDigits: digits))
    }
    return try covered[index].law(negativeCount: item.negativeCount)
  }
}
