// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Occupancy
import Testing

@testable import Bounds

/// Numbers of independent 40-digit arithmetic for C = 10, K = 31 and C = 4, K = 15, t = 1/2.
@Suite struct FixtureTests {
  @Test("Coefficients of the bounds")
  func coefficients() throws {
    let setting = try uniform(10, 31)
    #expect(try text(LinearForm(1).divided(by: setting.coveredCollisions.pmf(0)), 8) == "33.561797")
    #expect(try text(setting.expectedLog, 8) == "1.3168869")
    #expect(try text(LinearForm(2).divided(by: setting.coverage.value), 8) == "2.8944581")
    // At G0 = 1 + E ln(1+Col) Ash's bound is its coefficient.
    let excess = MeasuredQuantity(LinearForm(1) + LinearForm(setting.expectedLog))
    let ash = try #require(try AshBound.outcome(inputs(setting, excess: excess)).value)
    #expect(try text(ash.number, 7) == "86.10950")
  }

  @Test(
    "The optimum of theory and the Phi-cap bound there",
    arguments: [
      (10, 31, "1.94166781902483", "0.680726466364521", "0.847623027661134"),
      (4, 15, "1.66814595054605", nil, "0.246715625444565"),
    ])
  func optimum(
    classes: Int, negatives: Int, loss: String, supervised: String?, cap: String
  ) throws {
    let setting = try uniform(classes, negatives)
    let optimum = try SimplexFrameOptimum(setting)
    #expect(try text(optimum.contrastiveLoss, 15) == loss)
    if let supervised { #expect(try text(optimum.supervisedLoss, 15) == supervised) }
    let excess = MeasuredQuantity(LinearForm(optimum.contrastiveLoss))
    let bound = try #require(try PhiCapBound.outcome(inputs(setting, excess: excess)).value)
    // The certified value is not below the exact one, and hardly above it.
    let value = try bound.number.enclosure(precision: 80)
    let exact = try Rational(parsing: cap) - Rational(1, 1_000_000_000_000_000)
    #expect(value.lower.compare(exact) > 0)
    #expect(value.upper.compare(exact + Rational(1, 1_000_000_000_000)) < 0)
  }

  @Test(
    "The Phi-cap function at 1",
    arguments: [(10, 31, "2.06212447844943"), (4, 15, "2.26293895202986")])
  func capFunction(classes: Int, negatives: Int, expected: String) throws {
    let window = try #require(
      CollisionPairWindow(
        own: 1, other: 1, total: classes, sampling: .withReplacement, negativeCount: negatives,
        isCapped: true))
    let sample = PhiFunction(window, negativeCount: negatives).sample(1)
    let exact = try #require(Double(expected))
    #expect(abs(sample.value - exact) <= sample.valueError + 0.5e-14)
    #expect(sample.valueError < 1e-12)
  }
}
