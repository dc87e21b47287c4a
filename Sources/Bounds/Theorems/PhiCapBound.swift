// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The bound of `PhiBound` with min(n, m + 1) in place of n.
///
///     L_sup <= H^-1(G0),  H(s) = E ln(1 + m + min(n, m+1)(e^s - 1))
///
/// Every term of H is convex in s, as ln(A + n e^s) is where A = 1 + m - n >= 0, and not above that
/// of G: no envelope is needed, and the bound is slightly looser. Value and certificate are as
/// there.
///
/// Reference: this project.
public enum PhiCapBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .phiCapUpper, summary: "Phi, convex term by term",
    quantity: .supervisedLoss, side: .upper, assumptions: PhiBound.statement.assumptions,
    formula: "(L_Info - d - b)/a, a s + b <= E ln(1 + m + min(n, m+1)(e^s - 1))")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try inputs.withExcess { excess, _ in
      try statement.exclusion(in: inputs.setting)
        ?? PhiProblem(setting: inputs.setting, isCapped: true).supervisedUpper(excess: excess)
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try PhiBound.numbers(inputs, value)
  }
}

extension BoundName {
  /// The upper bound of L_sup by `PhiCapBound`.
  public static let phiCapUpper = BoundName(rawValue: "phi_cap_upper")
}
