// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Measurements

/// The form of the lower bounds of L_Info.
///
///     (E[first] + E[second] + E ln(1+Col))/n + d
struct LossFloor {
  /// The two measured terms.
  let first, second: MeasuredMean
  /// n.
  var divisor = 1

  /// What a theorem of this form says of an encoder.
  func outcome(_ inputs: BoundInputs) -> BoundOutcome {
    inputs.withExcess { _, gap in
      inputs.with(first, second) { first, second in
        let log = MeasuredQuantity(LinearForm(inputs.setting.expectedLog))
        let terms = first + second + gap.scaled(by: Rational(divisor)) + log
        let sum = terms.scaled(by: Rational(1, divisor))
        return .value(BoundValue(number: sum.value.number, standardError: sum.standardError))
      }
    }
  }

  /// The formula with numbers in place of letters.
  func numbers(_ inputs: BoundInputs) throws -> String {
    let (a, b) = (try inputs.digits(of: first), try inputs.digits(of: second))
    let sum = "\(a) + \(b) + \(try inputs.logDigits)"
    return (divisor == 1 ? sum : "(\(sum))/\(divisor)") + " + (\(try inputs.gapDigits))"
  }
}
