// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements

/// The bound that uses, besides collisions and coverage, how far apart the class means are.
///
///     L_sup <= lambda G0 + nu Lambda + w,  G0 = L_Info - d,  Lambda = C A'/t
///
/// for all lambda, nu >= 0 and every w that is at least
///
///     ln(1 + y + (C-2)x) - lambda g(x, y) + nu [ln y + (C-2) ln x],
///     g(x, y) = E ln(1 + m + n y + (K-m-n) x),  (m, n, rest) ~ Multinomial(K; 1/C, 1/C, 1 - 2/C),
///
/// wherever 0 < x <= y and y + (C-2)x <= (C-1)e^(2/t). G0 >= E g bounds the relative scores r of the
/// classes from above, E sum ln r_j = -Lambda from below, and for a given sum of r the function is
/// largest where all of r but the largest are equal. nu = 0 is the Phi bound.
///
/// The certificate, lambda, nu and w, is found by cutting planes (`DualProgram`), and w is proven by
/// branch and bound (`DualRegion`, `SpreadCell`). It exceeds the best bound of this kind by some
/// 1e-10, or by up to 1e-5 where negatives are so many that the function is nearly flat. Without
/// replacement m and n have the law of independent draws of the other items (`PairLaw`), and where
/// `PhiBound`, which has their own law, is lower, that is the bound.
///
/// Equally likely classes, both ways of drawing, any valid gap d. Where A' was not measured,
/// 1 + t d_lin or 1 stands for it (`BoundInputs.separation`).
///
/// - Complexity: Some thousand evaluations of g, microseconds each whatever C and K are.
///
/// Reference: this project, article <doc:TwoSidedBounds>.
public enum SpreadUpperBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .spreadUpper, summary: "Phi, and the spread of class means",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses, .equalClasses],
    basis: [.classMeanInequality, .spread],
    formula: "lambda (L_Info - d) + nu C A'/t + w, w >= ln(1+sum r) - lambda g(r) + nu sum ln r")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try inputs.withExcess { excess, _ in
      if let exclusion = statement.exclusion(in: inputs.setting) { return exclusion }
      let setting = inputs.setting
      if let exclusion = try PhiProblem(setting: setting, isCapped: false).exclusion(of: excess) {
        return exclusion
      }
      guard let separation = inputs.separation else { return inputs.absence(of: .classSeparation) }
      let problem = SpreadProblem(setting: setting, excess: excess, variance: separation)
      guard let best = try problem.upper(scale: Rational(setting.classCount)) else {
        return .inapplicable(SpreadProblem.misfit)
      }
      guard let phi = try inputs.outcome(of: PhiBound.self).value,
        try phi.number.isBelow(best.number)
      else { return .value(best) }
      return .value(phi)
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    guard let dual = value.certificate?.dual else {
      return try PhiBound.numbers(inputs, value)
    }
    let separation = try inputs.separation?.sixDigits ?? "?"
    let spread = "\(inputs.setting.classCount) \(separation)/\(try inputs.temperatureDigits)"
    return "lambda (\(try inputs.excessDigits)) + nu \(spread) + w, \(dual.text)"
  }
}

extension BoundName {
  /// The upper bound of L_sup by `SpreadUpperBound`.
  public static let spreadUpper = BoundName(rawValue: "spread_upper")
}
