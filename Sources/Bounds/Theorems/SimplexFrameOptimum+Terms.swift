// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The terms of the CURL and coupon bounds at the frame, where a loss depends on the number of
/// classes only: l_sub = ln(1 + j q) with j classes besides the anchor's.
extension SimplexFrameOptimum {
  /// Terms of tables of more states than this are not summed.
  static let stateLimit = 4096

  /// E[1{not cover} l_sub]; nil if there are too many classes to sum over.
  func uncoveredSubsetTerm() throws -> ComputableReal? {
    try term(classes: setting.classCount, draws: setting.negativeCount + 1, anchorCounts: true)
  }

  /// E[1{Col = 0, not cover} l_sub] = (1 - 1/C)^K times the mean over the other C - 1 classes.
  func collisionFreeUncoveredTerm() throws -> ComputableReal? {
    let (classes, k) = (setting.classCount, setting.negativeCount)
    if k == 0 { return ComputableReal(0) }
    guard let mean = try term(classes: classes - 1, draws: k, anchorCounts: false) else {
      return nil
    }
    if mean.exact?.signum == 0 { return ComputableReal(0) }
    let free = setting.avoidance(1).value
    return .irrational { precision in
      try mean.enclosure(precision: precision).multiplied(
        by: free.enclosure(precision: precision), precision: precision)
    }
  }

  /// E[1{J < classes} ln(1 + (J - a) q)] with J the number of distinct labels and a = 1 if the
  /// anchor's is one of them.
  private func term(
    classes: Int, draws: Int, anchorCounts: Bool
  ) throws -> ComputableReal? {
    let uniform: LabelDistribution
    do { uniform = try .uniform(classCount: classes) } catch { return nil }
    let law = try DistinctLaw(
      law: LabelLaw(uniform), sampling: .withReplacement, drawCount: draws)
    let last = min(law.support.upperBound, classes - 1)
    let first = law.support.lowerBound
    if first > last || (anchorCounts && last == 1) { return ComputableReal(0) }
    guard last <= Self.stateLimit else { return nil }
    let (exponent, own) = (exponent, anchorCounts ? 1 : 0)
    let missed = try CoverageProbability(
      law: LabelLaw(uniform), sampling: .withReplacement, drawCount: draws
    ).complement
    return .irrational { precision in
      let series = MissedClassSeries(
        classes: classes, draws: draws, own: own, exponent: exponent, precision: precision)
      // The chance of a state takes longer than a term of a short series.
      if series.termCount <= max(16, (last - first) / 4) {
        return series.enclosure(missed: try missed.enclosure(precision: precision))
      }
      let q = Enclosure(exponent, precision: precision).exponential(precision: precision)
      var sum = Enclosure(0)
      for j in first...last where j > own {
        let log = q.scaled(by: Integer(j - own), precision: precision)
          .logarithmOfOnePlus(precision: precision)
        let chance = try law.pmf(j).enclosure(precision: precision)
        sum = sum.adding(log.multiplied(by: chance, precision: precision), precision: precision)
      }
      return sum
    }
  }
}
