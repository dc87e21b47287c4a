// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// An algorithm for coverage and occupancy; all agree, they differ in what they can reach.
public enum OccupancyMethod: String, CaseIterable, Hashable, Sendable {
  /// The fastest method for the request.
  case auto
  /// Sums over missed classes with alternating signs, truncated where Bonferroni's
  /// inequalities certify it.
  case inclusionExclusion = "inclusion-exclusion"
  /// The positive recurrence of Stirling numbers of the second kind and its relatives.
  case stirling
  /// Cauchy's integral on the circle through the saddle point.
  case contour
}
