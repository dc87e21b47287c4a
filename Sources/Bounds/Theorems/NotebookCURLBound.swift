// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Measurements
internal import Occupancy

/// The bound of `CURLUpperBound` as the public notebook has it, to show the difference.
///
/// It divides by 1 - tau, the rate of anchors without a collision in its batches, in place of P(Col
/// = 0, cover). That rate is a sum of ten passes in floating point. When every anchor of all passes
/// collides, ten times 0.1 is 1 - 2^-53 there, and the divisor 2^-53 in place of some 1e-8 to
/// 1e-64.
///
/// The rate comes from the measurement. Where that has none it is the exact probability, and 0
/// where ten passes over the set are expected to have less than half an event.
enum NotebookCURLBound: Bound {
  static let statement = BoundStatement(
    name: .curlUpper, summary: "CURL's bound, divided by a simulated 1 - tau",
    quantity: .supervisedLoss, side: .upper, assumptions: [],
    formula: CURLUpperBound.form.formula(
      term: CURLUpperBound.termLetters, divisor: "(1 - tau)"))

  static func outcome(_ inputs: BoundInputs) throws -> BoundOutcome {
    try CURLUpperBound.form.outcome(inputs, of: statement) { _ in
      ComputableReal(try simulatedFreeRate(inputs))
    }
  }

  static func numbers(_ inputs: BoundInputs, _ value: BoundValue) throws -> String? {
    try CURLUpperBound.form.numbers(inputs, divisor: ComputableReal(simulatedFreeRate(inputs)))
  }

  /// 1 - tau as the notebook has it.
  static func simulatedFreeRate(_ inputs: BoundInputs) throws -> Rational {
    let setting = inputs.setting
    var free: Double
    if let rate = inputs[.collisionRate]?.value.exact {
      free = 1 - Enclosure(rate, precision: 53).lower.double()
    } else {
      free = try setting.collisions.freeProbability.double
      if free * setting.notebookAnchorCount < 0.5 { free = 0 }
    }
    return Real(free > 0 ? free : 0x1p-53).rational
  }
}

extension ContrastiveSetting {
  /// The number of anchors in ten passes over the set, or in ten thousand batches of a law without
  /// items.
  var notebookAnchorCount: Double {
    let draws = negativeCount + 1
    guard let items = classSizes.itemCount else { return 1e4 * Double(draws) }
    return 10 * Double(items / draws * draws)
  }
}
