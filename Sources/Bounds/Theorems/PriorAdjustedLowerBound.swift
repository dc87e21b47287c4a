// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Kernels
internal import Labels

/// The lower bound of L_adj that the between-class variance sets.
///
///     L_adj >= -theta A/t + sum_c rho_c b_c,
///     b_c = -(1 - p) ln(1 - p) - p ln p + p ln((1 - rho_c)/rho_c),  p = theta (1 - rho_c)
///
/// for every theta from 0 to 1/(1 - min rho). With u_c the mean of sum_j rho_j ln r_j over a class,
/// l_adj is at least f_c(u) = ln(1 + (1/rho_c - 1) e^(u/(1 - rho_c))) in the mean, as in
/// `SpreadLowerBound`; sum_c rho_c u_c = -A/t; and theta u + b_c is the tangent of f_c of slope
/// theta. theta is found in `Double`; any gives a bound. It is the tightest at that of the tangents
/// whose points of contact have the mean -A/t.
///
/// Any law, any vectors mu_c whose A was measured. Where it was not, what A does not exceed stands
/// for it (`BoundInputs.variance`). For equally likely classes it is `SpreadLowerBound`, to within
/// rounding of theta.
///
/// Reference: this project, article <doc:TwoSidedBounds>.
public enum PriorAdjustedLowerBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .priorAdjustedLower, summary: "The spread of class means, classes weighted",
    quantity: .priorAdjustedLoss, side: .lower, assumptions: [.severalClasses], basis: [.spread],
    formula:
      "sum_c rho_c b_c(theta) - theta A/t, theta u + b_c <= ln(1 + (1/rho_c-1)e^(u/(1-rho_c)))")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if let reason = statement.exclusion(in: setting) { return reason }
    let spread = inputs.variance.scaled(by: -setting.inverseTemperature)
    let theta = slope(setting, mean: try spread.value.number.double)
    let (classes, weighted) = (shares(setting), spread.scaled(by: theta))
    let number = ComputableReal.irrational { precision in
      var sum = try weighted.value.enclosure(precision: precision)
      for (rho, share) in classes {
        let intercept = intercept(rho: rho, theta: theta, precision: precision)
        sum = sum.adding(intercept.scaled(by: share, precision: precision), precision: precision)
      }
      return sum
    }
    return .value(BoundValue(number: number, standardError: weighted.standardError))
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let variance = inputs.variance.scaled(by: -inputs.setting.inverseTemperature)
    let theta = slope(inputs.setting, mean: try variance.value.number.double)
    return "sum_c rho_c b_c(theta) - theta \(try inputs.variance.sixDigits)"
      + "/\(try inputs.temperatureDigits), theta = \(theta.binaryText)"
  }

  /// rho_c of the classes of each size, and the probability of all of these.
  private static func shares(
    _ setting: ContrastiveSetting
  ) -> [(rho: Rational, share: Rational)] {
    setting.classSizes.groups.map {
      let rho = Rational($0.size, setting.total)
      return (rho, rho * Rational($0.classCount))
    }
  }

  /// b_c, the intercept of the tangent of slope theta.
  private static func intercept(rho: Rational, theta: Rational, precision: Int) -> Enclosure {
    let p = theta * (1 - rho)
    func entropy(_ x: Rational) -> Enclosure {
      if x.signum == 0 { return Enclosure(0) }
      return Enclosure(1 / x, precision: precision).naturalLogarithm(precision: precision)
        .scaled(by: x, precision: precision)
    }
    let odds = Enclosure((1 - rho) / rho, precision: precision)
      .naturalLogarithm(precision: precision).scaled(by: p, precision: precision)
    return entropy(p).adding(entropy(1 - p), precision: precision)
      .adding(odds, precision: precision)
  }

  /// The slope at which the tangents touch at points of the mean `mean`: it grows with it.
  private static func slope(_ setting: ContrastiveSetting, mean: Double) -> Rational {
    let classes = shares(setting).map { (rho: $0.rho.double, share: $0.share.double) }
    let most = 1 / (1 - (classes.map(\.rho).min() ?? 0))
    // theta = most/(1 + e^-x), by bisection in x.
    func theta(_ x: Double) -> Double { most / (1 + exponential(-x)) }
    func contact(_ theta: Double) -> Double {
      classes.reduce(0) { sum, c in
        let p = theta * (1 - c.rho)
        return sum + c.share * (1 - c.rho) * logarithm(p / (1 - p) * c.rho / (1 - c.rho))
      }
    }
    var (low, high) = (-700.0, 36.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if contact(theta(middle)) < mean { low = middle } else { high = middle }
    }
    // Fewer bits keep p = theta (1 - rho) <= 1 after rounding.
    return Real(theta(low) * (1 - 0x1p-50)).rational
  }
}

extension BoundName {
  /// The lower bound of L_adj by `PriorAdjustedLowerBound`.
  public static let priorAdjustedLower = BoundName(rawValue: "prior_adjusted_lower")
}
