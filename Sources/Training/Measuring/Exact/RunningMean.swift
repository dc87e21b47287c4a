// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// The mean of values that come one after another, and how much they differ.
///
/// Reference: B. Welford, *Note on a method for calculating corrected sums of squares and
/// products*, Technometrics 4 (1962).
struct RunningMean {
  private var count = 0.0
  private var mean = 0.0
  /// The sum of squared deviations from the mean.
  private var squares = 0.0

  /// The mean of nothing yet.
  init() {}

  /// Adds a value.
  mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / count
    squares += deviation * (value - mean)
  }

  /// The mean of a simple random sample without replacement as an estimate of that of a population:
  /// its standard error is sqrt((1 - n/N) s^2/n), 0 where all of the population was seen, and nil
  /// for a single value of several.
  ///
  /// - Parameter known: Added to the mean: the mean over the population of what was taken off each
  ///   value.
  func estimate(populationCount: Int, adding known: Double = 0) -> Estimate {
    let (unseen, value) = (1 - count / Double(populationCount), mean + known)
    guard unseen > 0 else { return Estimate(value: value, standardError: 0) }
    guard count > 1 else { return Estimate(value: value, standardError: nil) }
    let variance = unseen * squares / (count - 1) / count
    return Estimate(value: value, standardError: variance.squareRoot())
  }
}
