// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// What a plan leaves out, bounded rigorously; see `ContourIntegral` for the inequalities.
extension ContourPlan {
  /// What the nodes left out add up to at most.
  func cutOffBound(_ series: some BoundedSeries) -> Magnitude {
    guard 2 * lastNode < nodeCount - 1 else { return .zero }
    let angle = 2 * Double.pi * Double(lastNode + 1) / Double(nodeCount)
    let x = series.sampling.majorantArgument(radius: radius, angle: angle)
    // N-1-2K nodes, each weighted 1/N: less than one node's worth.
    return series.majorant(x, radius: radius)
  }

  /// What the other coefficients, all of them added, add up to at most.
  ///
  /// Chernoff's inequality bounds the upper tail at a radius of at least r and the lower one at a
  /// radius of at most r: (x/r)^(k - n - N) >= 1 for the k >= n + N that x >= r serves.
  func aliasBound(_ series: some BoundedSeries, degree: Int) -> Magnitude {
    precondition(
      upperRadius >= radius && lowerRadius ?? radius <= radius,
      "a contour plan has lowerRadius <= radius <= upperRadius")
    let upper = series.value(upperRadius) * powerOfRatio(radius, upperRadius, degree + nodeCount)
    guard let low = lowerRadius else { return upper }
    return upper + series.value(low) * powerOfRatio(radius, low, degree - nodeCount)
  }
}
