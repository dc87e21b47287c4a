// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements

/// The form of the upper bounds of L_sup that divide what is left of the contrastive loss.
///
///     (n G0 - E[term]/m - E ln(1+Col)) / divisor,  G0 = L_Info - d
struct ExcessQuotient {
  /// n.
  let multiple: Int
  /// E[term], if one is subtracted.
  var term: MeasuredMean? = nil
  /// m.
  var termDivisor = 1

  /// The formula, with the letters of the term and of the divisor.
  func formula(term: String? = nil, divisor: String) -> String {
    text(excess: "L_Info - d", term: term, log: "E ln(1+Col)", divisor: divisor)
  }

  /// The formula with numbers in place of letters.
  func numbers(_ inputs: BoundInputs, divisor: ComputableReal) throws -> String {
    text(
      excess: try inputs.excessDigits, term: try term.map { try inputs.digits(of: $0) },
      log: try inputs.logDigits, divisor: try divisor.sixDigits)
  }

  /// What a theorem says of n G0 - E[term]/m where it covers the setting and both are known.
  func withMeasuredPart(
    _ inputs: BoundInputs, of statement: BoundStatement,
    _ body: (MeasuredQuantity) throws -> BoundOutcome
  ) throws -> BoundOutcome {
    try inputs.withExcess { excess, _ in
      func ifCovered(_ measured: MeasuredQuantity) throws -> BoundOutcome {
        try statement.exclusion(in: inputs.setting) ?? body(measured)
      }
      let excess = excess.scaled(by: Rational(multiple))
      guard let term else { return try ifCovered(excess) }
      return try inputs.with(term) {
        try ifCovered(excess - $0.scaled(by: Rational(1, termDivisor)))
      }
    }
  }

  /// What a theorem of this form says of an encoder; `divisor` is asked for only if it covers the
  /// setting.
  func outcome(
    _ inputs: BoundInputs, of statement: BoundStatement,
    over divisor: (ContrastiveSetting) throws -> ComputableReal
  ) throws -> BoundOutcome {
    let setting = inputs.setting
    return try withMeasuredPart(inputs, of: statement) {
      try .quotient($0, minus: setting.expectedLog, over: divisor(setting))
    }
  }

  private func text(excess: String, term: String?, log: String, divisor: String) -> String {
    let first = multiple == 1 ? excess : "\(multiple)(\(excess))"
    let second = term.map { " - \($0)" + (termDivisor == 1 ? "" : "/\(termDivisor)") } ?? ""
    return "(\(first)\(second) - \(log)) / \(divisor)"
  }
}
