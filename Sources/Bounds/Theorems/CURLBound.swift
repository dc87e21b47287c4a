// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy

/// The bounds of contrastive unsupervised representation learning: collisions or the rest.
///
/// With l_sub the cross-entropy over the classes among the negatives and the anchor's, and d the gap
/// of step A (any form of it that is valid for the draws),
///
///     L_Info >= E[1{Col=0} l_sub] + E ln(1+Col) + d
///     L_sup  <= (G0 - E[1{Col=0, not cover} l_sub] - E ln(1+Col)) / P(Col=0, cover),  G0 = L_Info - d
///
/// The second follows from the first for equally likely classes: the event {Col = 0, cover} does not
/// depend on the anchor's image, and l_sub is l_sup there.
///
/// Reference: S. Arora et al., *A Theoretical Analysis of Contrastive Unsupervised Representation
/// Learning*, ICML 2019, arXiv 1902.09229, in the form of Nozawa & Sato, NeurIPS 2021, arXiv
/// 2102.06866, section 3.
public struct CURLBound: Sendable {
  /// The probabilities.
  public let setting: ContrastiveSetting

  /// The bounds of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The lower bound of L_Info.
  ///
  /// - Parameters:
  ///   - collisionFreeTerm: E[1{Col=0} l_sub], covered or not.
  ///   - gap: d.
  public func contrastiveLower(
    collisionFreeTerm: MeasuredQuantity, gap: MeasuredQuantity
  ) -> BoundOutcome {
    let sum = collisionFreeTerm + gap
    return .value(
      BoundValue(
        number: (sum.value + LinearForm(setting.expectedLog)).number,
        standardError: sum.standardError))
  }

  /// The upper bound of L_sup.
  ///
  /// - Parameters:
  ///   - excess: G0 = L_Info - d.
  ///   - uncoveredTerm: E[1{Col=0, not cover} l_sub].
  /// - Throws: `CapacityError` when the probability cannot be computed.
  public func supervisedUpper(
    excess: MeasuredQuantity, uncoveredTerm: MeasuredQuantity
  ) throws -> BoundOutcome {
    if let reason = setting.singleClass ?? setting.notUniform { return reason }
    return try .quotient(
      excess - uncoveredTerm, minus: setting.expectedLog,
      over: setting.coveredCollisions.pmf(0))
  }
}

extension BoundOutcome {
  /// (measured - number) / divisor, infinite if the divisor is 0.
  static func quotient(
    _ measured: MeasuredQuantity, minus number: ComputableReal, factor: Rational = 1,
    over divisor: ComputableReal
  ) throws -> BoundOutcome {
    if divisor.exact?.signum == 0 { return .infinite }
    let size = try LinearForm(factor).divided(by: divisor).approximation()
    let numerator = (measured.value - LinearForm(number)).scaled(by: factor)
    return .value(
      BoundValue(
        number: numerator.divided(by: divisor),
        standardError: measured.standardError.map { $0 * size }))
  }
}
