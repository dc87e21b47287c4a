// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The bound of CURL with the presence of one class in place of coverage.
///
///     L_sup <= (G0 - E ln(1+Col)) / P(Col = 0, a given other class among the negatives)
///
/// with independent draws the divisor is (1 - tau_K)(1 - (1 - 1/(C-1))^K), positive for every K >=
/// 1. On {Col = 0} E[ln(1 + sum_j n_j r_j) | Col] is concave in r, so on sum_j r_j = e^(l_sup) - 1
/// it is least with all of it on one class, where ln(1 + n (e^s - 1)) >= s 1{n >= 1}.
///
/// Equally likely classes only; any valid gap d in G0 = L_Info - d.
///
/// Reference: this project; steps of Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866.
public enum CoverageFreeCURLBound: Bound {
  private static let form = ExcessQuotient(multiple: 1)

  /// The theorem.
  public static let statement = BoundStatement(
    name: .curlCoverageFreeUpper, summary: "CURL with one class for coverage",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses, .equalClasses],
    formula: form.formula(divisor: "P(Col=0, class j drawn)"))

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try form.outcome(inputs, of: statement) { $0.collisionFreePresence }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs, divisor: inputs.setting.collisionFreePresence)
  }
}

extension BoundName {
  /// The upper bound of L_sup by `CoverageFreeCURLBound`.
  public static let curlCoverageFreeUpper = BoundName(rawValue: "curl_coverage_free_upper")
}
