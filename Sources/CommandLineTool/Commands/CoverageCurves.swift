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
  private var curves: [SamplingScheme: CoverageCurve] = [:]
  private var covered: [SamplingScheme: CoveredCollisionCurve] = [:]

  /// - Parameter digits: How many significant digits are printed.
  init(method: OccupancyMethod, goal: GoalOptions, digits: Int) {
    self.method = method
    self.goal = goal
    self.digits = digits
  }

  /// The coverage probability of a row; all rows have the same law.
  mutating func coverage(_ item: DrawRequest.Case) throws -> CoverageProbability {
    if let known = try curves[item.sampling]?.coverage(drawCount: item.drawCount) { return known }
    var curve = CoverageCurve(
      law: item.law.law, sampling: item.sampling, method: method,
      goal: try goal.goal(for: item.law), significantDigits: digits)
    defer { curves[item.sampling] = curve }
    return try curve.coverage(drawCount: item.drawCount)
  }

  /// The law of collisions and coverage of a row.
  mutating func coveredCollisions(_ item: DrawRequest.Case) throws -> CoveredCollisionLaw {
    if let known = try covered[item.sampling]?.law(negativeCount: item.negativeCount) {
      return known
    }
    var curve = CoveredCollisionCurve(
      law: item.law.law, sampling: item.sampling, method: method,
      goal: try goal.goal(for: item.law), significantDigits: digits)
    defer { covered[item.sampling] = curve }
    return try curve.law(negativeCount: item.negativeCount)
  }
}
