// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The coverage probabilities of the rows of a table: one curve for each scheme, so that
/// neighbouring rows share their work.
struct CoverageCurves {
  private let method: OccupancyMethod
  private let goal: GoalOptions
  private let digits: Int
  private var curves: [SamplingScheme: CoverageCurve] = [:]

  /// - Parameter digits: How many significant digits are printed.
  init(method: OccupancyMethod, goal: GoalOptions, digits: Int) {
    self.method = method
    self.goal = goal
    self.digits = digits
  }

  /// The coverage probability of a row; all rows have the same law.
  mutating func coverage(_ item: DrawRequest.Case) throws -> CoverageProbability {
    var curve =
      try curves.removeValue(forKey: item.sampling)
      ?? CoverageCurve(
        law: item.law.law, sampling: item.sampling, method: method, goal: goal.goal(for: item.law),
        significantDigits: digits)
    defer { curves[item.sampling] = curve }
    return try curve.coverage(drawCount: item.drawCount)
  }
}
