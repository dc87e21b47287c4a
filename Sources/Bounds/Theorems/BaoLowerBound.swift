// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The lower bound of L_sup by Bao et al.
///
/// With B = 1/t, d_lin and the conditions of `BaoUpperBound`, and H the entropy,
///
///     L_sup >= L_Info - d_lin + H(rho) - ln(K+1) - 2 ln cosh B - B/(K+1)
///
/// It is irrational like the upper bound.
///
/// Reference: H. Bao, Y. Nagano and K. Nozawa, *On the Surrogate Gap between Contrastive and
/// Supervised Losses*, ICML 2022, arXiv 2110.02501, Theorem 3.
public enum BaoLowerBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .baoLower, summary: "Bao et al.",
    quantity: .supervisedLoss, side: .lower, assumptions: BaoUpperBound.statement.assumptions,
    basis: BaoUpperBound.statement.basis,
    formula: "L_Info - d_lin + H(rho) - ln(K+1) - 2 ln cosh(1/t) - 1/(t(K+1))")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if let reason = statement.exclusion(in: setting) { return reason }
    return inputs.withLinearExcess { excess in
      let (draws, inverse) = (setting.negativeCount + 1, setting.inverseTemperature)
      let constant = excess.value - LinearForm(inverse / Rational(draws))
      let entropy = setting.labelEntropy
      let number = ComputableReal.irrational { precision in
        let sum = try constant.enclosure(precision: precision).adding(
          entropy.enclosure(precision: precision), precision: precision)
        let log = Enclosure(draws).naturalLogarithm(precision: precision)
        let cosh = BaoUpperBound.logCosh(inverse, precision: precision)
          .scaled(by: Integer(2), precision: precision)
        return sum.subtracting(log, precision: precision).subtracting(cosh, precision: precision)
      }
      return .value(BoundValue(number: number, standardError: excess.standardError))
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let (draws, t) = (inputs.setting.negativeCount + 1, try inputs.temperatureDigits)
    return "\(try inputs.linearExcessDigits) + \(try inputs.setting.labelEntropy.sixDigits)"
      + " - ln \(draws) - 2 ln cosh(1/\(t)) - 1/(\(t) \(draws))"
  }
}

extension BoundName {
  /// The lower bound of L_sup by `BaoLowerBound`.
  public static let baoLower = BoundName(rawValue: "bao_lower")
}
