// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements
internal import Occupancy

/// The coupon collector's upper bound of L_sup.
///
///     L_sup <= (2 G0 - E[1{not cover} l_sub] - E ln(1+Col)) / v_(K+1),  G0 = L_Info - d
///
/// It follows from `CouponLowerBound` for equally likely classes, where E[l_sup | cover] = L_sup.
///
/// Reference: as for `CouponLowerBound`.
public enum CouponUpperBound: Bound {
  private static let form = ExcessQuotient(multiple: 2, term: .uncoveredSubsetTerm)
  static let termLetters = "E[1{not cover} l_sub]"

  /// The theorem.
  public static let statement = BoundStatement(
    name: .couponUpper, summary: "Batches that cover",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses, .equalClasses],
    formula: form.formula(term: termLetters, divisor: "v"))

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try form.outcome(inputs, of: statement) { setting in
      try setting.divisor(setting.coverage.value) { try setting.coverage.exactValue() }
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs, divisor: inputs.setting.coverage.value)
  }
}

extension BoundName {
  /// The upper bound of L_sup by `CouponUpperBound`.
  public static let couponUpper = BoundName(rawValue: "coupon_upper")
}
