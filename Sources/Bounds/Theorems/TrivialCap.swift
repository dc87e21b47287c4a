// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements

/// What L_sup cannot exceed with features of unit length, whatever the encoder: a bound above it
/// says nothing.
///
///     L_sup <= ln C + 1/t     mu_c the mean of z itself over the class
///     L_sup <= ln C + 2/t     mu_c of another split
///
/// l_sup <= ln C + max_j z.mu_j/t - z.mu_c/t. In the mean z.mu_c is |mu_c|^2 >= 0 if mu_c is the
/// mean of the same law, and at least -1 otherwise.
///
/// Any law, no measurement.
///
/// Reference: this project.
public enum TrivialCap: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .trivialCap, summary: "What no encoder exceeds",
    quantity: .supervisedLoss, side: .upper, assumptions: [.severalClasses],
    basis: [],
    formula: "ln C + 1/t, or ln C + 2/t with class means of another split")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if let reason = statement.exclusion(in: setting) { return reason }
    let classes = setting.classCount
    let rest = Rational(numerator(inputs)) * setting.inverseTemperature
    // ln C is irrational, as e to a fraction other than 0 is no integer.
    let number = ComputableReal.irrational { precision in
      Enclosure(classes).naturalLogarithm(precision: precision).adding(
        Enclosure(rest, precision: precision), precision: precision)
    }
    return .value(BoundValue(number: number, standardError: 0))
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let setting = inputs.setting
    return "ln \(setting.classCount) + \(numerator(inputs))/\(try inputs.temperatureDigits)"
  }

  /// What is divided by t: 1 or 2.
  private static func numerator(_ inputs: BoundInputs) -> Int {
    inputs.classMeans == .validation ? 1 : 2
  }
}

extension BoundName {
  /// The upper bound of L_sup by `TrivialCap`.
  public static let trivialCap = BoundName(rawValue: "trivial_cap")
}
