// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Measurements
internal import Occupancy

/// How the CURL and the coupon bound of L_sup are evaluated.
public enum BoundRecipe: String, CaseIterable, Hashable, Sendable {
  /// As their theorems have them.
  case exact
  /// As the public notebook does, slips included, to show the difference.
  ///
  /// It divides CURL's numerator by 1 - tau, the rate of anchors without a collision in its batches,
  /// in place of P(Col = 0, cover). That rate is a sum of ten passes in floating point: when every
  /// anchor of all passes collides, ten times 0.1 is 1 - 2^-53 there, and the divisor 2^-53 in place of
  /// some 1e-8 to 1e-64. It subtracts half of the coupon bound's l_sub term (which is valid, but
  /// looser), and divides by the rate of batches that cover all classes, or where that is 0 by one of
  /// two stored numbers that are themselves floating-point noise.
  ///
  /// Rates come from the measurement; where it has none they are the exact probabilities, and 0 where
  /// ten passes over the set are expected to have less than half an event.
  case published
}

extension BoundRecipe {
  /// The upper bound of L_sup by CURL.
  func curlUpper(
    _ inputs: BoundInputs, excess: MeasuredQuantity, uncoveredTerm: MeasuredQuantity
  ) throws -> BoundOutcome {
    let setting = inputs.setting
    if self == .exact {
      return try CURLBound(setting).supervisedUpper(excess: excess, uncoveredTerm: uncoveredTerm)
    }
    return try .quotient(
      excess - uncoveredTerm, minus: setting.expectedLog,
      over: ComputableReal(try Self.simulatedFreeRate(inputs)))
  }

  /// 1 - tau as the notebook has it.
  static func simulatedFreeRate(_ inputs: BoundInputs) throws -> Rational {
    let setting = inputs.setting
    var free: Double
    if let rate = inputs[.collisionRate]?.value.exact {
      free = 1 - Enclosure(rate, precision: 53).lower.double()
    } else {
      free = try setting.collisions.freeProbability.approximation()
      if free * anchors(setting) < 0.5 { free = 0 }
    }
    return Real(free > 0 ? free : 0x1p-53).rational
  }

  /// The coupon collector's upper bound of L_sup.
  func couponUpper(
    _ inputs: BoundInputs, excess: MeasuredQuantity, uncoveredTerm: MeasuredQuantity
  ) throws -> BoundOutcome {
    let setting = inputs.setting
    if self == .exact {
      return try CouponBound(setting).supervisedUpper(excess: excess, uncoveredTerm: uncoveredTerm)
    }
    guard let coverage = try Self.simulatedCoverage(inputs) else {
      return .inapplicable("no batch covers all classes, and the notebook stores no number for it")
    }
    let half = MeasuredQuantity(
      uncoveredTerm.value.scaled(by: Rational(1, 2)),
      standardError: uncoveredTerm.standardError.map { $0 / 2 })
    return try .quotient(
      excess.scaled(by: 2) - half, minus: setting.expectedLog, over: ComputableReal(coverage))
  }

  /// v as the notebook has it, nil if it would fail.
  static func simulatedCoverage(_ inputs: BoundInputs) throws -> Rational? {
    let setting = inputs.setting
    let draws = setting.negativeCount + 1
    var coverage: Double
    if let rate = inputs[.coverageRate]?.value.exact {
      coverage = Enclosure(rate, precision: 53).lower.double()
    } else {
      coverage = try setting.coverage.value.approximation()
      if coverage * anchors(setting) / Double(draws) < 0.5 { coverage = 0 }
    }
    if coverage == 0 {
      guard setting.classCount == 100, let stored = storedCoverage[draws] else { return nil }
      coverage = stored
    }
    return Real(coverage).rational
  }

  /// The coverage probabilities of 100 classes that the notebook has for batches none of which
  /// covers; exactly they are 1.5e-22 and 1.2e-4.
  private static let storedCoverage = [
    128: 0.000_451_717_144_333_211_5, 256: 0.000_575_010_311_026_902_7,
  ]

  /// The number of anchors in ten passes over the set, or in ten thousand batches of a law without
  /// items.
  private static func anchors(_ setting: ContrastiveSetting) -> Double {
    let draws = setting.negativeCount + 1
    guard let items = setting.classSizes.itemCount else { return 1e4 * Double(draws) }
    return 10 * Double(items / draws * draws)
  }
}
