// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The bound of L_adj, the loss of the mean classifier that knows how likely the classes are.
///
///     L_adj <= lambda G0 + nu A/t + w,  G0 = L_Info - d,
///     w >= sum_c rho_c max {ln(1 + (rho_j y + (1-rho_c-rho_j) x)/rho_c) - lambda g_cj(x, y)
///                           + nu [rho_j ln y + (1-rho_c-rho_j) ln x]},
///     g_cj(x, y) = E ln(1 + m + n y + (K-m-n) x),  (m, n, rest) ~ Multinomial(K; rho_c, rho_j, .)
///
/// for all lambda, nu >= 0; the maximum is over the other classes j and 0 < x <= y with a sum of at
/// most (1/rho_c - 1)e^(2/t). L_adj is the mean of -ln(rho_c e^(z.mu_c/t) / sum_j rho_j
/// e^(z.mu_j/t)), the loss that long-tailed classes are trained with (logit adjustment, A. Menon et
/// al., ICLR 2021). For equally likely classes it is L_sup, and the bound is `SpreadUpperBound`.
///
/// Where there are more than 16 class sizes, or that is lower, nu = 0: then x = 0, and j is the
/// rarest other class. That bound tends to L_Info - ln K + H(rho) - d as K grows, while `PhiBound`
/// stays above it by sum_c rho_c ln(rho_c/min rho).
///
/// The certificate is found and proven as that of `SpreadUpperBound`, with whose law of m and n draws
/// without replacement are bounded.
///
/// Any law, both ways of drawing, any valid gap d.
///
/// Reference: this project, article <doc:TwoSidedBounds>.
public enum PriorAdjustedUpperBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .priorAdjustedUpper, summary: "Loss and spread, classes weighted",
    quantity: .priorAdjustedLoss, side: .upper, assumptions: [.severalClasses],
    basis: [.classMeanInequality, .spread],
    formula: "lambda (L_Info - d) + nu A/t + w, "
      + "w >= sum_c rho_c max {l_adj - lambda g(r) + nu sum rho ln r}")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if setting.classSizes.isUniform { return try inputs.outcome(of: SpreadUpperBound.self) }
    return try inputs.withExcess { excess, _ in
      if let exclusion = statement.exclusion(in: setting) { return exclusion }
      if let exclusion = try PhiProblem(setting: setting, isCapped: false).exclusion(of: excess) {
        return exclusion
      }
      let problem = SpreadProblem(setting: setting, excess: excess, variance: inputs.variance)
      guard let best = try problem.upper(scale: 1) else {
        return .inapplicable(SpreadProblem.misfit)
      }
      return .value(best)
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    if inputs.setting.classSizes.isUniform { return try SpreadUpperBound.numbers(inputs, value) }
    guard let dual = value.certificate?.dual else { return nil }
    let spread = "\(try inputs.variance.sixDigits)/\(try inputs.temperatureDigits)"
    return "lambda (\(try inputs.excessDigits)) + nu \(spread) + w, \(dual.text)"
  }
}

extension BoundName {
  /// The upper bound of L_adj by `PriorAdjustedUpperBound`.
  public static let priorAdjustedUpper = BoundName(rawValue: "prior_adjusted_upper")
}
