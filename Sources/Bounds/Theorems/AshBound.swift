// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// The bound of Ash et al., which grows like (1 - 1/C)^-K.
///
///     L_sup <= 2 max{1, 2 (C-1) H_(C-1) / K} / (1 - tau_K) (G0 - E ln(1+Col))
///
/// with H the harmonic numbers. Independent draws of equally likely classes; any valid gap d in
/// G0 = L_Info - d.
///
/// Reference: J. T. Ash, S. Goel, A. Krishnamurthy and D. Misra, *Investigating the Role of
/// Negatives in Contrastive Representation Learning*, AISTATS 2022, arXiv 2106.09943, Theorem 4.
public enum AshBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .ashUpper, summary: "Ash et al.",
    quantity: .supervisedLoss, side: .upper,
    assumptions: [.severalClasses, .equalClasses, .independentDraws],
    formula: "2 max{1, 2(C-1)H_(C-1)/K} (L_Info - d - E ln(1+Col)) / (1 - tau)")

  /// The most classes for which H is summed as a fraction.
  private static let classLimit = 20_000

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try inputs.withExcess { excess, _ in
      let setting = inputs.setting
      if let reason = statement.exclusion(in: setting) { return reason }
      let (classes, negatives) = (setting.classCount, setting.negativeCount)
      if negatives == 0 { return .infinite }
      guard classes <= classLimit else {
        return .inapplicable("its harmonic number is computed for up to \(classLimit) classes")
      }
      return try .quotient(
        excess, minus: setting.expectedLog,
        factor: 2 * max(1, ratio(classes: classes, negatives: negatives)),
        over: setting.avoidance(setting.classSizes.groups[0].size).value)
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let setting = inputs.setting
    let ratio = ratio(classes: setting.classCount, negatives: setting.negativeCount)
    let digits = try ComputableReal(ratio).sixDigits
    let free = try setting.collisions.freeProbability.sixDigits
    return "2 max{1, \(digits)} (\(try inputs.excessDigits) - \(try inputs.logDigits)) / \(free)"
  }

  /// 2 (C-1) H_(C-1) / K.
  static func ratio(classes: Int, negatives: Int) -> Rational {
    Rational(2 * (classes - 1), negatives) * harmonic(classes - 1)
  }

  /// 1 + 1/2 + ... + 1/n, by halves so that long fractions meet long ones only.
  static func harmonic(_ n: Int) -> Rational {
    func sum(_ range: Range<Int>) -> Rational {
      if range.count == 1 { return Rational(1, range.lowerBound) }
      let middle = range.lowerBound + range.count / 2
      return sum(range.lowerBound..<middle) + sum(middle..<range.upperBound)
    }
    return n < 1 ? 0 : sum(1..<(n + 1))
  }
}

extension BoundName {
  /// The upper bound of L_sup by `AshBound`.
  public static let ashUpper = BoundName(rawValue: "ash_upper")
}
