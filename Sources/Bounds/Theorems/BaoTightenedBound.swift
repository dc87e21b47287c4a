// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The upper bound of Bao et al. with the extreme of its Jensen gap taken over the classes there are.
///
///     L_sup <= L_Info - d_lin + ln(C/K) + max over s of f(s)
///     f(s) = ln((s e^-B + (C-s) e^B)/C) + B (2s/C - 1),  s = 0...C, B = 1/t
///
/// s classes have the logit -B and C - s the logit B. Equally likely classes, otherwise the conditions
/// of `BaoBound`.
///
/// Reference: this project, after Bao, Nagano and Nozawa, ICML 2022, arXiv 2110.02501.
public struct BaoTightenedBound: Sendable {
  /// The setting.
  public let setting: ContrastiveSetting

  /// The bound of a setting.
  public init(_ setting: ContrastiveSetting) { self.setting = setting }

  /// The upper bound of L_sup.
  ///
  /// - Parameter linearExcess: L_Info - d_lin.
  public func supervisedUpper(linearExcess: MeasuredQuantity) -> BoundOutcome {
    if let reason = setting.notUniform { return reason }
    if let exclusion = BaoBound(setting).exclusion { return exclusion }
    let (classes, inverse) = (setting.classCount, setting.inverseTemperature)
    let ratio = Rational(classes, setting.negativeCount)
    let number = ComputableReal.irrational { precision in
      try linearExcess.value.enclosure(precision: precision)
        .adding(
          Enclosure(ratio, precision: precision).naturalLogarithm(precision: precision),
          precision: precision
        )
        .adding(
          Self.greatest(classes: classes, inverse: inverse, precision: precision),
          precision: precision)
    }
    return .value(BoundValue(number: number, standardError: linearExcess.standardError))
  }

  /// max f(s) over s = 0...C. f is concave (the logarithm of a linear function and a linear one), so
  /// numbers between two whose values are provably less than one between them hold the maximum.
  static func greatest(classes: Int, inverse: Rational, precision: Int) -> Enclosure {
    // f' = 0 at s = C (1/(1 - e^-2B) - 1/(2B)); only where to begin.
    let b = Enclosure(inverse, precision: 64).lower.double()
    let start = Double(classes) * (b < 1e-4 ? 0.5 : -1 / expm1(-2 * b) - 1 / (2 * b))
    var low = max(0, min(classes, Int(start) - 1))
    var high = max(0, min(classes, Int(start) + 2))
    var values = (low...high).map { value($0, classes, inverse, precision) }
    func greatest() -> Enclosure {
      values.dropFirst().reduce(values[0]) {
        Enclosure(lower: max($0.lower, $1.lower), upper: max($0.upper, $1.upper))
      }
    }
    while true {
      let best = greatest()
      let isLowOpen = low > 0 && !(values[0].upper < best.lower)
      let isHighOpen = high < classes && !(values[values.count - 1].upper < best.lower)
      if isLowOpen {
        low -= 1
        values.insert(value(low, classes, inverse, precision), at: 0)
      } else if isHighOpen {
        high += 1
        values.append(value(high, classes, inverse, precision))
      } else {
        return best
      }
    }
  }

  /// f(s) = ln(1 - s (1 - e^-2B)/C) + 2 B s/C: the logit B is taken out of the logarithm.
  private static func value(
    _ s: Int, _ classes: Int, _ inverse: Rational, _ precision: Int
  ) -> Enclosure {
    let decay = Enclosure(-2 * inverse, precision: precision).exponential(precision: precision)
    let rest = Rational(classes - s, classes)
    let inner = decay.scaled(by: Rational(s, classes), precision: precision)
      .adding(Enclosure(rest, precision: precision), precision: precision)
    return inner.naturalLogarithm(precision: precision).adding(
      Enclosure(2 * inverse * Rational(s, classes), precision: precision), precision: precision)
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
