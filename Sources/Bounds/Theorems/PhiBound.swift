// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The bound that uses collisions and coverage at once.
///
///     L_sup <= G_env^-1(G0),  G(s) = E ln(1 + m + n(e^s - 1)),  G0 = L_Info - d
///
/// m = Col and n is the number of negatives of one other class, the rarest; with equally likely
/// classes and independent draws (m, n, rest) ~ Multinomial(K; 1/C, 1/C, 1 - 2/C). G_env is the
/// lower convex envelope of G on [0, ln(1 + (C-1)e^(2/t))], beyond which l_sup cannot be. For fixed
/// z and c r -> E ln(1 + Col + sum n_j r_j) is concave, so on sum_j r_j = e^(l_sup) - 1 it is least
/// with all of it on one class, where it is G_c(l_sup); so G0 >= E G_c(l_sup) >= sum_c rho_c
/// G_c,env(L_sup,c), by Jensen.
///
/// The value is (G0 - b)/a for the line a s + b <= G of the certificate, binary fractions whose
/// property is proven: a bound with every digit right, and one that anybody can check. a and b are
/// chosen so that it exceeds G_env^-1(G0) itself by no more than some 1e-13/a, as b is good to
/// 1e-13; `attained` says from below how far. The slope a is near 1 where negatives are many, and
/// 1/C for a single one. For unequal classes b = sum_c rho_c min_s (G_c(s) - a s). If G0 is above
/// G_env at the end of the interval, the bound is the end. Of more than 2^22 likely pairs (m, n), or
/// 2^21 for one class size, G is replaced by a lower bound, which is less by some 1e-4/E n.
///
/// Any law, both ways of drawing, any valid gap d, class means of the same law as the features.
/// Never above `CoverageFreeCURLBound`, `CoverageFreeCouponBound` and `AshBound`, but for what the
/// certificate gives away.
///
/// Reference: this project; steps of Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866.
public enum PhiBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .phiUpper, summary: "Collisions and coverage at once",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses],
    formula: "(L_Info - d - b)/a, a s + b <= E ln(1 + m + n(e^s - 1))")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try inputs.withExcess { excess, _ in
      try statement.exclusion(in: inputs.setting)
        ?? PhiProblem(setting: inputs.setting, isCapped: false).supervisedUpper(excess: excess)
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    guard let line = value.certificate?.line else { return "the end of the interval" }
    let excess = try inputs.excessDigits
    return "(\(excess) - b)/a, a = \(line.slope.binaryText), b = \(line.intercept.binaryText)"
  }
}

extension BoundName {
  /// The upper bound of L_sup by `PhiBound`.
  public static let phiUpper = BoundName(rawValue: "phi_upper")
}
