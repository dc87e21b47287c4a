// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements
internal import Occupancy

/// The bound of `CouponUpperBound` as the public notebook has it, to show the difference.
///
/// It subtracts half of the l_sub term, which is valid but looser. It divides by the rate of
/// batches that cover all classes, or where that is 0 by one of two stored numbers that are
/// themselves floating-point noise.
///
/// The rate comes from the measurement. Where that has none it is the exact probability, and 0
/// where ten passes over the set are expected to have less than half an event.
enum NotebookCouponBound: Bound {
  private static let form = ExcessQuotient(
    multiple: 2, term: .uncoveredSubsetTerm, termDivisor: 2)

  static let statement = BoundStatement(
    name: .couponUpper, summary: "The coupon bound with half a term, divided by a simulated v",
    quantity: .supervisedLoss, side: .upper, assumptions: [],
    formula: form.formula(term: CouponUpperBound.termLetters, divisor: "v"))

  static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try form.withMeasuredPart(inputs, of: statement) { measured in
      guard let coverage = try simulatedCoverage(inputs) else {
        return .inapplicable(
          "no batch covers all classes, and the notebook stores no number for it")
      }
      return try .quotient(
        measured, minus: inputs.setting.expectedLog, over: ComputableReal(coverage))
    }
  }

  static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try form.numbers(inputs, divisor: ComputableReal(try simulatedCoverage(inputs) ?? 1))
  }

  /// v as the notebook has it, nil if it would fail.
  static func simulatedCoverage(_ inputs: BoundInputs) throws -> Rational? {
    let setting = inputs.setting
    let draws = setting.negativeCount + 1
    var coverage: Double
    if let rate = inputs[.coverageRate]?.value.exact {
      coverage = Enclosure(rate, precision: 53).lower.double()
    } else {
      coverage = try setting.coverage.value.double
      if coverage * setting.notebookAnchorCount / Double(draws) < 0.5 { coverage = 0 }
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
}
