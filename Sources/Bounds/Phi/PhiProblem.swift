// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The functions G_c of a setting of several classes, and the bound of L_sup that follows from
/// them.
struct PhiProblem {
  /// The probabilities.
  let setting: ContrastiveSetting
  /// Whether n stands for min(n, m + 1): for `PhiCapBound`.
  let isCapped: Bool

  /// The largest number that the law of pairs is computed for.
  private static let sizeLimit = 1 << 31

  /// The most pairs of all windows, half of them in one, that are summed over as they are: each is
  /// visited up to 1000 times, a few nanoseconds a time. Of more pairs about `movedLimit` are kept.
  var exactLimit = 1 << 22
  var movedLimit = 1 << 19

  /// The upper bound of L_sup.
  ///
  /// - Parameter excess: G0 = L_Info - d.
  /// - Complexity: Some 50 evaluations of G, and hundreds where it is nearly straight, each over a
  ///   window of pairs of some 16 standard deviations either way: milliseconds for hundreds of
  ///   negatives, seconds for millions.
  func supervisedUpper(excess: MeasuredQuantity) throws -> BoundOutcome {
    if let exclusion = try exclusion(of: excess) { return exclusion }
    let limit = self.end
    let end = try limit.enclosure(precision: 64).upper.double(rounding: .up)
    let outermost = BoundOutcome.value(BoundValue(number: limit, standardError: 0))
    if setting.negativeCount == 0 { return outermost }
    guard let components = components(end: end) else {
      return .inapplicable(
        "its sum is computed for up to \(CollisionPairWindow.pairLimit) pairs of numbers")
    }
    let level = try excess.value.number.double
    var envelope = PhiEnvelope(components: components, level: level)
    guard let line = envelope.certificate() else { return outermost }
    let number = (excess.value - LinearForm(line.intercept)).divided(by: ComputableReal(line.slope))
    // The end is a bound too; it is irrational, so equal only to itself.
    if try limit.enclosure(precision: 64).upper < number.enclosure(precision: 64).lower {
      return outermost
    }
    let slope = line.slope.double
    return .value(
      BoundValue(
        number: number, standardError: excess.standardError.map { $0 / slope },
        certificate: .line(line)))
  }

  /// Why functions of the settings are not computed, or that no encoder has such a G0.
  func exclusion(of excess: MeasuredQuantity) throws -> BoundOutcome? {
    if try isInconsistent(excess) {
      return .inapplicable("L_Info - d is below E ln(1+Col), which is impossible for any encoder")
    }
    guard setting.total < Self.sizeLimit, setting.negativeCount < Self.sizeLimit else {
      return .inapplicable("its sum is computed for fewer than 2^31 items and negatives")
    }
    // The end is above 2/t.
    guard setting.inverseTemperature <= 300,
      try end.enclosure(precision: 64).upper.double(rounding: .up) <= 600
    else {
      return .inapplicable(
        "its sum is computed for temperatures with ln(1 + (C-1)e^(2/t)) <= 600")
    }
    return nil
  }

  /// ln(1 + (C-1)e^(2/t)), which no l_sup exceeds: |z.(mu_j - mu_c)| <= 2.
  var end: ComputableReal {
    let (classes, exponent) = (setting.classCount, 2 * setting.inverseTemperature)
    return .irrational { precision in
      Enclosure(exponent, precision: precision).exponential(precision: precision)
        .scaled(by: Integer(classes - 1), precision: precision)
        .logarithmOfOnePlus(precision: precision)
    }
  }

  /// Whether G0 < G_env(0) = E ln(1+Col).
  private func isInconsistent(_ excess: MeasuredQuantity) throws -> Bool {
    let difference = (excess.value - LinearForm(setting.expectedLog)).number
    if let exact = difference.exact { return exact.signum < 0 }
    return try difference.enclosure(precision: 8).upper.signum < 0
  }

  /// G_c for the classes of each size; nil if a window would be too large.
  ///
  /// Of many pairs G_c is replaced by a lower bound of it, on fewer points (`MovedWeights`).
  private func components(end: Double) -> [PhiComponent]? {
    let groups = setting.classSizes.groups
    // The rarest class other than one of this group.
    let others = groups.indices.map { $0 > 0 || groups[$0].classCount > 1 ? groups[0] : groups[1] }
    let (total, k) = (setting.total, setting.negativeCount)
    let counts = zip(groups, others).map { own, other in
      CollisionPairWindow.pairCount(
        own: own.size, other: other.size, total: total, sampling: setting.sampling,
        negativeCount: k)
    }
    var all = 0
    for count in counts {
      all += count
      if all > CollisionPairWindow.pairLimit { return nil }
    }
    let isMoved = all > exactLimit || counts.contains { $0 > exactLimit / 2 }
    var components: [PhiComponent] = []
    for (index, group) in groups.enumerated() {
      var step = 1
      let kept = movedLimit / min(groups.count, 16)
      while isMoved, counts[index] / (step * step) > kept { step *= 2 }
      guard
        let window = CollisionPairWindow(
          own: group.size, other: others[index].size, total: total, sampling: setting.sampling,
          negativeCount: k, isCapped: isCapped, step: step)
      else { return nil }
      // What is moved has up to step - 1 more of each.
      let function = PhiFunction(window, negativeCount: k + 2 * (step - 1))
      components.append(
        PhiComponent(
          share: Rational(Integer(group.size) * Integer(group.classCount), Integer(total)),
          function: function, end: end))
    }
    return components
  }
}
