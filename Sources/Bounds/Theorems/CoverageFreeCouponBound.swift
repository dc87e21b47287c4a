// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The coupon collector's bound with the presence of one class in place of coverage.
///
///     sum_c rho_c kappa_c L_sup,c <= 2 G0 - E ln(1+Col)
///
/// kappa_c is the probability that the rarest class other than c is among the negatives of an anchor
/// of class c: with equally likely classes tau_K, and 1 - binom(M-1-m, K)/binom(M-1, K) without
/// replacement from classes of m items. Losses are not negative, so L_sup is at most the right side
/// over the least kappa_c, that of the rarest class of all. Any law, any valid gap d in G0 = L_Info - d.
///
/// Reference: this project; steps of Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866.
public struct CoverageFreeCouponBound: Sendable {
  /// The probabilities.
  public let setting: ContrastiveSetting

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The upper bound of L_sup.
  ///
  /// - Parameter excess: G0 = L_Info - d.
  public func supervisedUpper(excess: MeasuredQuantity) throws -> BoundOutcome {
    if let reason = setting.singleClass { return reason }
    return try .quotient(
      excess.scaled(by: 2), minus: setting.expectedLog, over: setting.presence)
  }
}
