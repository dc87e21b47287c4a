// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Measurements

/// Divisors as the public notebook has them.
extension ClosedBounds {
  /// How many anchors the notebook's ten passes have, or ten thousand batches of a law without
  /// items.
  private var notebookAnchors: Double {
    let draws = setting.negatives + 1
    return setting.sizes.itemCount.map { 10 * Double($0 / draws * draws) } ?? 1e4 * Double(draws)
  }

  /// 1 - tau as the notebook has it: what its batches showed; without that, the probability, or
  /// 2^-53 where half an event or more is not expected.
  var notebookFreeRate: Interval {
    var free: Double
    if let rate = means[.collisionRate] {
      free = 1 - rate.value.enclosure.lower.double(rounding: .down)
    } else {
      // Of equally likely classes and of others: P(Col = 0) in the mean over anchors.
      let chance = setting.sizes.groups.reduce(Interval(0, precision)) { sum, group in
        sum + setting.absence(of: setting.own(group.size), precision) * setting.share(group)
      }
      free = chance.double
      if free * notebookAnchors < 0.5 { free = 0 }
    }
    return Interval(Real(free > 0 ? free : 0x1p-53).rational, precision)
  }

  /// v as the notebook has it, likewise; 0 where it has none.
  var notebookCoverageRate: Interval? {
    let draws = setting.negatives + 1
    var coverage: Double
    if let rate = means[.coverageRate] {
      coverage = rate.value.enclosure.lower.double(rounding: .down)
    } else {
      guard setting.sizes.isUniform, let chance = setting.coverage(precision) else { return nil }
      coverage = chance.double
      if coverage * notebookAnchors < 0.5 * Double(draws) { coverage = 0 }
    }
    if coverage == 0, setting.classes == 100 {
      // The two numbers that it stores for batches none of which covers.
      coverage =
        draws == 128 ? 0.000_451_717_144_333_211_5 : draws == 256 ? 0.000_575_010_311_026_902_7 : 0
    }
    return Interval(Real(coverage).rational, precision)
  }
}
