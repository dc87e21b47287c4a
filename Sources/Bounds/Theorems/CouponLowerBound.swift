// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements

/// The coupon collector's lower bound of L_Info: all classes drawn or not.
///
///     L_Info >= 1/2 { E[1{cover} l_sup] + E[1{not cover} l_sub] + E ln(1+Col) } + d
///
/// since ln(1+Col+S) is at least both l_sub and ln(1+Col), so at least their average. Any law, any
/// valid gap d.
///
/// Reference: K. Nozawa and I. Sato, *Understanding Negative Samples in Instance Discriminative
/// Self-supervised Representation Learning*, NeurIPS 2021, arXiv 2102.06866, Theorem 8.
public enum CouponLowerBound: Bound {
  private static let form = LossFloor(
    first: .coveredSupervisedTerm, second: .uncoveredSubsetTerm, divisor: 2)

  /// The theorem.
  public static let statement = BoundStatement(
    name: .couponLower, summary: "All classes drawn or not",
    quantity: .contrastiveLoss, side: .lower, assumptions: [],
    formula: "(E[1{cover} l_sup] + E[1{not cover} l_sub] + E ln(1+Col))/2 + d")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    form.outcome(inputs)
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs)
  }
}

extension BoundName {
  /// The lower bound of L_Info by `CouponLowerBound`.
  public static let couponLower = BoundName(rawValue: "coupon_lower")
}
