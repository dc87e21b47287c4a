// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements

/// What theorems ask of inputs: means that are there, or why a bound is not, and their digits.
extension BoundInputs {
  /// What a theorem says of G0 = L_Info - d, or that d is missing.
  func withExcess(
    _ body: (_ excess: MeasuredQuantity, _ gap: MeasuredQuantity) throws -> BoundOutcome
  ) rethrows -> BoundOutcome {
    guard let gap, let excess else { return absence(of: gapMean) }
    return try body(excess, gap)
  }

  /// What a theorem says of L_Info - d_lin, or that d_lin is missing.
  func withLinearExcess(
    _ body: (MeasuredQuantity) throws -> BoundOutcome
  ) rethrows -> BoundOutcome {
    guard let linearExcess else { return absence(of: .gapLinear) }
    return try body(linearExcess)
  }

  /// What a theorem says of a mean, or that it is missing.
  func with(
    _ mean: MeasuredMean, _ body: (MeasuredQuantity) throws -> BoundOutcome
  ) rethrows -> BoundOutcome {
    guard let value = self[mean] else { return absence(of: mean) }
    return try body(value)
  }

  /// What a theorem says of two means, or which one is missing.
  func with(
    _ first: MeasuredMean, _ second: MeasuredMean,
    _ body: (MeasuredQuantity, MeasuredQuantity) throws -> BoundOutcome
  ) rethrows -> BoundOutcome {
    try with(first) { a in
      try with(second) { b in try body(a, b) }
    }
  }

  // MARK: - Digits for explanations

  /// Six digits of a mean, or a question mark.
  func digits(of mean: MeasuredMean) throws -> String { try self[mean]?.sixDigits ?? "?" }

  /// Six digits of d, or a question mark.
  var gapDigits: String { get throws { try gap?.sixDigits ?? "?" } }

  /// L_Info - d in digits.
  var excessDigits: String {
    get throws { "\(try contrastiveLoss.sixDigits) - (\(try gapDigits))" }
  }

  /// L_Info - d_lin in digits.
  var linearExcessDigits: String {
    get throws { "\(try contrastiveLoss.sixDigits) - (\(try digits(of: .gapLinear)))" }
  }

  /// Six digits of E ln(1 + Col).
  var logDigits: String { get throws { try setting.expectedLog.sixDigits } }

  /// Six digits of t.
  var temperatureDigits: String { get throws { try ComputableReal(setting.temperature).sixDigits } }
}

extension ComputableReal {
  /// The number to six digits, rounded to nearest: for explanations only.
  var sixDigits: String { get throws { try decimal(significantDigits: 6) } }
}

extension MeasuredQuantity {
  /// The value to six digits.
  var sixDigits: String { get throws { try value.number.sixDigits } }
}
