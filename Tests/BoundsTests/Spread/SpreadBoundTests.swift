// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Testing

@testable import Bounds

@Suite struct SpreadBoundTests {
  struct Fixture: Sendable, CustomTestStringConvertible {
    let (classes, negatives): (Int, Int)
    let (temperature, excess, linear): (String, String, String)
    let (upper, lower): (String, String)
    var testDescription: String { "C = \(classes), K = \(negatives)" }
  }

  /// Linear programming over many points, in Python.
  static let fixtures = [
    Fixture(
      classes: 10, negatives: 15, temperature: "0.5", excess: "1.7851724273", linear: "-0.2",
      upper: "1.271530064", lower: "0.796613801038"),
    Fixture(
      classes: 4, negatives: 15, temperature: "0.5", excess: "2", linear: "-0.3",
      upper: "0.563609416", lower: "0.270768378330"),
    Fixture(
      classes: 3, negatives: 7, temperature: "1", excess: "1.6", linear: "-0.25",
      upper: "0.546611678", lower: "0.500353947474"),
    Fixture(
      classes: 10, negatives: 31, temperature: "0.5", excess: "2.3900775468", linear: "-0.25",
      upper: "1.193437789", lower: "0.827503296352"),
  ]

  @Test(arguments: fixtures) func `values found elsewhere`(_ fixture: Fixture) throws {
    let setting = try ContrastiveSetting(
      classSizes: .uniform(classCount: fixture.classes), sampling: .withReplacement,
      negativeCount: fixture.negatives, temperature: Rational(parsing: fixture.temperature))
    func quantity(_ text: String) throws -> MeasuredQuantity {
      MeasuredQuantity(LinearForm(try Rational(parsing: text)), standardError: 0.01)
    }
    let inputs = try BoundInputs(
      setting,
      means: [
        .contrastiveLoss: quantity(fixture.excess), .gap: quantity("0"),
        .gapLinear: quantity(fixture.linear),
      ], gap: .published)
    let clock = ContinuousClock()
    var upper = BoundOutcome.infinite
    print(fixture, try clock.measure { upper = try SpreadUpperBound.outcome(inputs) })
    let bound = try #require(upper.value)
    print(
      try bound.number.decimal(significantDigits: 14), fixture.upper,
      try SpreadUpperBound.numbers(inputs, bound) ?? "")
    let phi = try value(PhiBound.outcome(inputs))
    print(phi)
    let lower = try #require(try SpreadLowerBound.outcome(inputs).value)
    #expect(try lower.number.decimal(significantDigits: 12) == fixture.lower)
    print(
      try value(PriorAdjustedUpperBound.outcome(inputs)),
      try value(PriorAdjustedLowerBound.outcome(inputs)))
  }
}
