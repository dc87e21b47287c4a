// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements
internal import Occupancy

/// The upper bound of L_sup by batches without a collision that cover all classes.
///
///     L_sup <= (G0 - E[1{Col=0, not cover} l_sub] - E ln(1+Col)) / P(Col=0, cover),
///     G0 = L_Info - d
///
/// It follows from `CURLLowerBound` for equally likely classes: the event {Col = 0, cover} does not
/// depend on the anchor's image, and l_sub is l_sup there.
///
/// Reference: as for `CURLLowerBound`.
public enum CURLUpperBound: Bound {
  static let form = ExcessQuotient(multiple: 1, term: .collisionFreeUncoveredTerm)
  static let termLetters = "E[1{Col=0, not cover} l_sub]"

  /// The theorem.
  public static let statement = BoundStatement(
    name: .curlUpper, summary: "Batches without a collision that cover",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses, .equalClasses],
    formula: form.formula(term: termLetters, divisor: "P(Col=0, cover)"))

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try form.outcome(inputs, of: statement) { try $0.coveredCollisions.pmf(0) }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs, divisor: inputs.setting.coveredCollisions.pmf(0))
  }
}

extension BoundName {
  /// The upper bound of L_sup by `CURLUpperBound`.
  public static let curlUpper = BoundName(rawValue: "curl_upper")
}
