// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The bounds of Bao et al., whose distance from L_Info - d_lin does not grow with K.
///
/// With B = 1/t and d_lin = E z.(mu_c - zbar_x)/t, for independent negatives and class means of the
/// same law as the features, any class law rho,
///
///     L_sup <= L_Info - d_lin + ln(max_c rho_c C^2 cosh^2(B) / K)
///     L_sup >= L_Info - d_lin + H(rho) - ln(K+1) - 2 ln cosh B - B/(K+1)
///
/// with H the entropy. They are irrational: e to the power of such a number is a fraction times
/// cosh^2 B, and a relation with fractional coefficients between e^(2B), e^(-2B), 1 and e to another
/// fraction contradicts Lindemann and Weierstrass.
///
/// Reference: H. Bao, Y. Nagano and K. Nozawa, *On the Surrogate Gap between Contrastive and
/// Supervised Losses*, ICML 2022, arXiv 2110.02501, Theorems 2 and 3.
public struct BaoBound: Sendable {
  /// The setting.
  public let setting: ContrastiveSetting

  /// The bounds of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The reason why neither bound applies.
  var exclusion: BoundOutcome? { setting.singleClass ?? setting.notIndependent }

  /// The reason why the upper bounds do not apply, or `.infinite` without a negative.
  var upperExclusion: BoundOutcome? { exclusion ?? (setting.negativeCount == 0 ? .infinite : nil) }

  /// The upper bound of L_sup.
  ///
  /// - Parameter linearExcess: L_Info - d_lin.
  public func supervisedUpper(linearExcess: MeasuredQuantity) -> BoundOutcome {
    if let upperExclusion { return upperExclusion }
    let (classes, inverse) = (setting.classCount, setting.inverseTemperature)
    let largest = setting.classSizes.groups[setting.classSizes.groups.count - 1].size
    let ratio =
      Rational(largest, setting.total) * Rational(classes).power(2)
      / Rational(setting.negativeCount)
    let number = ComputableReal.irrational { precision in
      let log = Enclosure(ratio, precision: precision).naturalLogarithm(precision: precision)
      let cosh = Self.logCosh(inverse, precision: precision).scaled(
        by: Integer(2), precision: precision)
      return try linearExcess.value.enclosure(precision: precision)
        .adding(log, precision: precision).adding(cosh, precision: precision)
    }
    return .value(BoundValue(number: number, standardError: linearExcess.standardError))
  }

  /// The lower bound of L_sup.
  ///
  /// - Parameter linearExcess: L_Info - d_lin.
  public func supervisedLower(linearExcess: MeasuredQuantity) -> BoundOutcome {
    if let exclusion { return exclusion }
    let (draws, inverse) = (setting.negativeCount + 1, setting.inverseTemperature)
    let (groups, total) = (setting.classSizes.groups, setting.total)
    let constant = linearExcess.value - LinearForm(inverse / Rational(draws))
    let number = ComputableReal.irrational { precision in
      var sum = try constant.enclosure(precision: precision)
      for group in groups {
        // -rho ln rho for each class of the group.
        let log = Enclosure(Rational(total, group.size), precision: precision)
          .naturalLogarithm(precision: precision)
        let share = Rational(Integer(group.size) * Integer(group.classCount), Integer(total))
        sum = sum.adding(log.scaled(by: share, precision: precision), precision: precision)
      }
      let log = Enclosure(draws).naturalLogarithm(precision: precision)
      let cosh = Self.logCosh(inverse, precision: precision).scaled(
        by: Integer(2), precision: precision)
      return sum.subtracting(log, precision: precision).subtracting(cosh, precision: precision)
    }
    return .value(BoundValue(number: number, standardError: linearExcess.standardError))
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
