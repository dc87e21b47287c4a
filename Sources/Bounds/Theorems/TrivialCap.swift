// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// What L_sup cannot exceed with features of unit length, whatever the encoder: a bound above it says
/// nothing.
///
///     L_sup <= ln C + 1/t     mu_c the mean of z itself over the class
///     L_sup <= ln C + 2/t     mu_c of another split
///
/// l_sup <= ln C + max_j z.mu_j/t - z.mu_c/t. In the mean z.mu_c is |mu_c|^2 >= 0 if mu_c is the mean of
/// the same law, and at least -1 otherwise. Draws without replacement count as the second case: that
/// is how they are measured here and by the published code, with class means of the training split.
///
/// Any law, no measurement.
///
/// Reference: this project.
public struct TrivialCap: Sendable {
  /// The setting, of which only C, t and the sampling matter.
  public let setting: ContrastiveSetting

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The upper bound of L_sup.
  public func supervisedUpper() -> BoundOutcome {
    if let reason = setting.singleClass { return reason }
    let numerator: Rational = setting.isIndependent ? 1 : 2
    let (classes, inverse) = (setting.classCount, setting.inverseTemperature)
    // ln C is irrational, as e to a fraction other than 0 is no integer.
    let number = ComputableReal.irrational { precision in
      Enclosure(classes).naturalLogarithm(precision: precision).adding(
        Enclosure(numerator * inverse, precision: precision), precision: precision)
    }
    return .value(BoundValue(number: number, standardError: 0))
  }
}
