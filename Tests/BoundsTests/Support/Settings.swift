// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Testing

@testable import Bounds

/// Independent draws of equally likely classes, t = 1/2.
func uniform(_ classes: Int, _ negatives: Int) throws -> ContrastiveSetting {
  try ContrastiveSetting(
    classSizes: .uniform(classCount: classes), sampling: .withReplacement,
    negativeCount: negatives, temperature: Rational(1, 2))
}

/// A number to some digits.
func text(_ number: ComputableReal, _ digits: Int) throws -> String {
  try number.decimal(significantDigits: digits)
}

/// A number as a `Double`, nil for what is no value.
func double(_ outcome: BoundOutcome?) throws -> Double? {
  try outcome?.value?.number.double
}

/// G0 = 2 with a standard error.
let two = MeasuredQuantity(LinearForm(2), standardError: 0.1)

/// A term that is 0, with a standard error.
let none = MeasuredQuantity(LinearForm(0), standardError: 0.01)

/// Inputs with L_Info - d = L_Info - d_lin = G0, and other means.
func inputs(
  _ setting: ContrastiveSetting, excess: MeasuredQuantity,
  _ others: [MeasuredMean: MeasuredQuantity] = [:]
) throws -> BoundInputs {
  let zero = MeasuredQuantity(LinearForm(0))
  let means: [MeasuredMean: MeasuredQuantity] = [
    .contrastiveLoss: excess, .gap: zero, .gapLinear: zero,
  ]
  return try BoundInputs(setting, means: means.merging(others) { $1 }, gap: .published)
}

/// Draws from classes of these sizes, t = 1/2.
func finite(
  _ counts: [Int], _ k: Int, _ sampling: SamplingScheme = .withoutReplacement
) throws -> ContrastiveSetting {
  try ContrastiveSetting(
    classSizes: LabelDistribution(counts: counts), sampling: sampling, negativeCount: k,
    temperature: Rational(1, 2))
}

/// A value that there must be.
func value(_ outcome: BoundOutcome) throws -> Double {
  try #require(try double(outcome))
}

/// Whether two numbers are the same but for rounding.
func isClose(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-12 * max(1, abs(y)) }

/// Why a theorem says nothing; empty if it says something.
func reason(_ outcome: BoundOutcome) -> String {
  if case .inapplicable(let reason) = outcome { return reason }
  return ""
}

/// The natural logarithm, where a variable has its name.
func logarithm(_ x: Double) -> Double { log(x) }
