// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The upper bound of Bao et al. with the extreme of its Jensen gap taken over the classes there
/// are.
///
///     L_sup <= L_Info - d_lin + ln(C/K) + max over s of f(s)
///     f(s) = ln((s e^-B + (C-s) e^B)/C) + B (2s/C - 1),  s = 0...C, B = 1/t
///
/// s classes have the logit -B and C - s the logit B. Equally likely classes, otherwise the
/// conditions of `BaoUpperBound`.
///
/// Reference: this project, after Bao, Nagano and Nozawa, ICML 2022, arXiv 2110.02501.
public enum BaoTightenedBound: Bound {
  /// The theorem.
  public static let statement = BoundStatement(
    name: .baoTightenedUpper, summary: "Bao et al. over the classes there are",
    quantity: .supervisedLoss, side: .upper,
    assumptions: BaoUpperBound.statement.assumptions + [.equalClasses],
    basis: BaoUpperBound.statement.basis,
    formula: "L_Info - d_lin + ln(C/K)"
      + " + max_s {ln((s e^(-1/t) + (C-s) e^(1/t))/C) + (2s/C - 1)/t}")

  /// What it says of an encoder.
  public static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    let setting = inputs.setting
    if let reason = BaoUpperBound.exclusion(orInfiniteIn: setting) { return reason }
    return inputs.withLinearExcess { excess in
      if let reason = statement.exclusion(in: setting) { return reason }
      let (classes, inverse) = (setting.classCount, setting.inverseTemperature)
      let ratio = Rational(classes, setting.negativeCount)
      let number = ComputableReal.irrational { precision in
        let log = Enclosure(ratio, precision: precision).naturalLogarithm(precision: precision)
        let greatest = greatest(classes: classes, inverse: inverse, precision: precision)
        return try excess.value.enclosure(precision: precision)
          .adding(log, precision: precision).adding(greatest, precision: precision)
      }
      return .value(BoundValue(number: number, standardError: excess.standardError))
    }
  }

  /// The formula with numbers in place of letters.
  public static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    let (classes, k) = (inputs.setting.classCount, inputs.setting.negativeCount)
    return "\(try inputs.linearExcessDigits)"
      + " + ln(\(classes)/\(k)) + max_s {...}, t = \(try inputs.temperatureDigits)"
  }

  /// max f(s) over s = 0...C. f is concave (the logarithm of a linear function and a linear one),
  /// so numbers between two whose values are provably less than one between them hold the maximum.
  static func greatest(classes: Int, inverse: Rational, precision: Int) -> Enclosure {
    // f' = 0 at s = C (1/(1 - e^-2B) - 1/(2B)); only where to begin.
    let b = inverse.double
    let start = Double(classes) * (b < 1e-4 ? 0.5 : -1 / expm1(-2 * b) - 1 / (2 * b))
    var low = max(0, min(classes, Int(saturating: start - 1)))
    var high = low
    var lowest = value(low, classes, inverse, precision)
    var (highest, best) = (lowest, lowest)
    func isOpen(_ end: Enclosure) -> Bool { !(end.upper < best.lower) }
    while true {
      let grows: Enclosure
      if high < classes, isOpen(highest) {
        high += 1
        highest = value(high, classes, inverse, precision)
        grows = highest
      } else if low > 0, isOpen(lowest) {
        low -= 1
        lowest = value(low, classes, inverse, precision)
        grows = lowest
      } else {
        return best
      }
      best = Enclosure(lower: max(best.lower, grows.lower), upper: max(best.upper, grows.upper))
    }
  }

  /// f(s) = ln(1 - s (1 - e^-2B)/C) + 2 B s/C: the logit B is taken out of the logarithm.
  private static func value(
    _ s: Int, _ classes: Int, _ inverse: Rational, _ precision: Int
  ) -> Enclosure {
    // ln(e^-2B) + 2B.
    if s == classes { return Enclosure(0) }
    let decay = Enclosure(-2 * inverse, precision: precision).exponential(precision: precision)
    let rest = Rational(classes - s, classes)
    let inner = decay.scaled(by: Rational(s, classes), precision: precision)
      .adding(Enclosure(rest, precision: precision), precision: precision)
    return inner.naturalLogarithm(precision: precision).adding(
      Enclosure(2 * inverse * Rational(s, classes), precision: precision), precision: precision)
  }
}

extension BoundName {
  /// The upper bound of L_sup by `BaoTightenedBound`.
  public static let baoTightenedUpper = BoundName(rawValue: "bao_tightened_upper")
}
