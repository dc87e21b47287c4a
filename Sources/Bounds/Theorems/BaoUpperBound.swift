// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The upper bound of Bao et al., whose distance from L_Info - d_lin does not grow with K.
///
/// With B = 1/t and d_lin = E z.(mu_c - zbar_x)/t, for independent negatives and class means of the
/// same law as the features, any class law rho,
///
///     L_sup <= L_Info - d_lin + ln(max_c rho_c C^2 cosh^2(B) / K)
///
/// It is irrational: e to the power of such a number is a fraction times cosh^2 B, and a relation
/// with fractional coefficients between e^(2B), e^(-2B), 1 and e to another fraction contradicts
/// Lindemann and Weierstrass.
///
/// Reference: H. Bao, Y. Nagano and K. Nozawa, *On the Surrogate Gap between Contrastive and
/// Supervised Losses*, ICML 2022, arXiv 2110.02501, Theorem 2.
public enum BaoUpperBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .baoUpper, summary: "Bao et al.",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses, .independentDraws],
    basis: [.sameLaw],
    formula: "L_Info - d_lin + ln(max rho C^2 cosh^2(1/t)/K)")

  /// The reason why the bound does not apply, or `.infinite` without a negative.
  static func exclusion(orInfiniteIn setting: ContrastiveSetting) -> BoundOutcome? {
    statement.exclusion(in: setting) ?? (setting.negativeCount == 0 ? .infinite : nil)
  }

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if let reason = exclusion(orInfiniteIn: setting) { return reason }
    return inputs.withLinearExcess { excess in
      let inverse = setting.inverseTemperature
      let ratio =
        largestProbability(setting) * Rational(setting.classCount).power(2)
        / Rational(setting.negativeCount)
      let number = ComputableReal.irrational { precision in
        let log = Enclosure(ratio, precision: precision).naturalLogarithm(precision: precision)
        let cosh = logCosh(inverse, precision: precision)
          .scaled(by: Integer(2), precision: precision)
        return try excess.value.enclosure(precision: precision)
          .adding(log, precision: precision).adding(cosh, precision: precision)
      }
      return .value(BoundValue(number: number, standardError: excess.standardError))
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let (classes, k) = (inputs.setting.classCount, inputs.setting.negativeCount)
    let rho = try ComputableReal(largestProbability(inputs.setting)).sixDigits
    return "\(try inputs.linearExcessDigits)"
      + " + ln(\(rho) \(classes)^2 cosh^2(1/\(try inputs.temperatureDigits))/\(k))"
  }

  /// max_c rho_c.
  private static func largestProbability(_ setting: ContrastiveSetting) -> Rational {
    Rational(setting.classSizes.groups[setting.classSizes.groups.count - 1].size, setting.total)
  }

  /// ln cosh x = |x| + ln(1 + e^(-2|x|)) - ln 2, which no x makes overflow.
  static func logCosh(_ x: Rational, precision: Int) -> Enclosure {
    let size = Enclosure(x.magnitude, precision: precision)
    let small = size.scaled(by: Integer(2), precision: precision).negated
      .exponential(precision: precision).logarithmOfOnePlus(precision: precision)
    return size.adding(small, precision: precision).subtracting(
      Enclosure(2).naturalLogarithm(precision: precision), precision: precision)
  }
}

extension BoundName {
  /// The upper bound of L_sup by `BaoUpperBound`.
  public static let baoUpper = BoundName(rawValue: "bao_upper")
}
