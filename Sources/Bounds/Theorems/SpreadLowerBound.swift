// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Kernels
internal import Measurements

/// The lower bound of L_sup that the spread of the class means sets.
///
///     L_sup >= ln(1 + (C-1) exp(-C A'/((C-1)t))),  A' = E z.(mu_c - mbar)
///
/// l_sup = ln(1 + sum over j != c of r_j), and the mean of the r_j is at least e to the mean of their
/// logarithms; x -> ln(1 + (C-1)e^x) is convex and increasing, and E sum_j ln r_j = -C A'/t. Equality
/// at the simplex frame. It rests on no contrastive loss.
///
/// Any law, any vectors mu_c whose A' was measured. Where it was not, what A' does not exceed for
/// equally likely classes stands for it (`BoundInputs.separation`).
///
/// It is irrational where A' is a fraction: e to the bound is C, or 1 plus a multiple of e to a
/// fraction, and so not e to a fraction.
///
/// Reference: this project, article <doc:TwoSidedBounds>. The optimum of the frame is that of F. Graf
/// et al., *Dissecting supervised contrastive learning*, ICML 2021.
public enum SpreadLowerBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .spreadLower, summary: "The spread of class means",
    quantity: .supervisedLoss, side: .lower, assumptions: [.severalClasses], basis: [.spread],
    formula: "ln(1 + (C-1) exp(-C A'/((C-1)t)))")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if let reason = statement.exclusion(in: setting) { return reason }
    guard let separation = inputs.separation else { return inputs.absence(of: .classSeparation) }
    let others = setting.classCount - 1
    let factor = Rational(setting.classCount, others) * setting.inverseTemperature
    let exponent = separation.value.scaled(by: -factor)
    let number = ComputableReal.irrational { precision in
      try exponent.enclosure(precision: precision).exponential(precision: precision)
        .scaled(by: Integer(others), precision: precision)
        .logarithmOfOnePlus(precision: precision)
    }
    // The derivative with A' is the factor times 1 - e^-bound, what other classes have of the sum.
    let slope = (1 - exponential(-(try number.double))) * factor.double
    return .value(
      BoundValue(number: number, standardError: separation.standardError.map { $0 * slope }))
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let (classes, others) = (inputs.setting.classCount, inputs.setting.classCount - 1)
    let exponent =
      "-\(classes) \(try inputs.separation?.sixDigits ?? "?")/(\(others) "
      + "\(try inputs.temperatureDigits))"
    return "ln(1 + \(others) exp(\(exponent)))"
  }
}

extension BoundName {
  /// The lower bound of L_sup by `SpreadLowerBound`.
  public static let spreadLower = BoundName(rawValue: "spread_lower")
}
