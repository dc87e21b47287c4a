// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The coupon collector's bound with the presence of one class in place of coverage.
///
///     sum_c rho_c kappa_c L_sup,c <= 2 G0 - E ln(1+Col)
///
/// kappa_c is the probability that the rarest class other than c is among the negatives of an
/// anchor of class c: with equally likely classes tau_K, and 1 - binom(M-1-m, K)/binom(M-1, K)
/// without replacement from classes of m items. Losses are not negative, so L_sup is at most the
/// right side over the least kappa_c, that of the rarest class of all. Any law, any valid gap d in
/// G0 = L_Info - d.
///
/// Reference: this project; steps of Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866.
public enum CoverageFreeCouponBound: Bound {
  private static let form = ExcessQuotient(multiple: 2)

  /// The theorem.
  public static let statement = BoundStatement(
    name: .couponCoverageFreeUpper, summary: "Coupon with one class for coverage",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses],
    formula: form.formula(divisor: "P(class j drawn)"))

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try form.outcome(inputs, of: statement) { $0.presence }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs, divisor: inputs.setting.presence)
  }
}

extension BoundName {
  /// The upper bound of L_sup by `CoverageFreeCouponBound`.
  public static let couponCoverageFreeUpper = BoundName(rawValue: "coupon_coverage_free_upper")
}
