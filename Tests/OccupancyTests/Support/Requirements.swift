// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels

@testable import Occupancy

/// What a goal asks of the classes of a law, as the algorithms take it.
extension LabelLaw {
  func requirement(_ goal: CoverageGoal = .everyClassOnce) throws -> Requirement {
    try goal.requirement(for: self)
  }

  func product(
    _ sampling: SamplingScheme, _ goal: CoverageGoal = .everyClassOnce
  ) throws -> OccupancyProduct {
    OccupancyProduct(try requirement(goal), sampling)
  }

  /// Every class seen.
  func allReached(
    _ sampling: SamplingScheme, _ goal: CoverageGoal = .everyClassOnce
  ) throws -> AllReached {
    AllReached(product: try product(sampling, goal))
  }
}
