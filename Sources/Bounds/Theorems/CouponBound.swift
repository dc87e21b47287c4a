// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy

/// The coupon collector's bounds: all classes drawn or not.
///
///     L_Info >= 1/2 { E[1{cover} l_sup] + E[1{not cover} l_sub] + E ln(1+Col) } + d
///     L_sup  <= (2 G0 - E[1{not cover} l_sub] - E ln(1+Col)) / v_(K+1),  G0 = L_Info - d
///
/// since ln(1+Col+S) is at least both l_sub and ln(1+Col), so at least their average. The second is
/// for equally likely classes, where E[l_sup | cover] = L_sup.
///
/// Reference: K. Nozawa and I. Sato, *Understanding Negative Samples in Instance Discriminative
/// Self-supervised Representation Learning*, NeurIPS 2021, arXiv 2102.06866, Theorem 8.
public struct CouponBound: Sendable {
  /// The probabilities.
  public let setting: ContrastiveSetting

  /// The bounds of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The lower bound of L_Info, for any law.
  ///
  /// - Parameters:
  ///   - coveredTerm: E[1{cover} l_sup].
  ///   - uncoveredTerm: E[1{not cover} l_sub].
  ///   - gap: d.
  public func contrastiveLower(
    coveredTerm: MeasuredQuantity, uncoveredTerm: MeasuredQuantity, gap: MeasuredQuantity
  ) -> BoundOutcome {
    let doubled = coveredTerm + uncoveredTerm + gap.scaled(by: 2)
    let sum = doubled.value + LinearForm(setting.expectedLog)
    return .value(
      BoundValue(
        number: sum.scaled(by: Rational(1, 2)).number,
        standardError: doubled.standardError.map { $0 / 2 }))
  }

  /// The upper bound of L_sup.
  ///
  /// - Parameters:
  ///   - excess: G0 = L_Info - d.
  ///   - uncoveredTerm: E[1{not cover} l_sub].
  /// - Throws: `CapacityError` when the coverage probability cannot be computed.
  public func supervisedUpper(
    excess: MeasuredQuantity, uncoveredTerm: MeasuredQuantity
  ) throws -> BoundOutcome {
    if let reason = setting.singleClass ?? setting.notUniform { return reason }
    let coverage = try setting.divisor(setting.coverage.value) {
      try setting.coverage.exactValue()
    }
    return try .quotient(
      excess.scaled(by: 2) - uncoveredTerm, minus: setting.expectedLog, over: coverage)
  }
}
