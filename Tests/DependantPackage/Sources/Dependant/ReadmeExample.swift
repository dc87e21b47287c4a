// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Bounds
import Labels
import Occupancy

/// The example of README.md, line by line.
func readmeExample() throws {
  let law = try LabelLaw.counts([500, 400, 60, 30, 10])
  let time = try WaitingTime(law: law, sampling: .withoutReplacement)
  print("P(T <= 128) =", try time.cdf(128).decimal(significantDigits: 20))
  print("E T =", try time.mean.double, "90 %:", try time.quantile(Rational(9, 10)))

  // Only the two rarest classes must come, three times each.
  let rare = try CoverageGoal(copiesOfEach: [0, 0, 0, 3, 3])
  let wait = try WaitingTime(law: law, sampling: .withReplacement, goal: rare)
  print("E T =", try wait.mean.double)

  // What L_Info = 4.66 with d = -0.97 says of the supervised loss: C = 100, K = 511, t = 1/2.
  let setting = try ContrastiveSetting(
    classSizes: .uniform(classCount: 100), sampling: .withReplacement, negativeCount: 511,
    temperature: Rational(1, 2))
  let loss = MeasuredQuantity(LinearForm(Rational(466, 100)))
  let gap = MeasuredQuantity(LinearForm(Rational(-97, 100)))
  let report = try BoundReport(
    BoundInputs(setting, means: [.contrastiveLoss: loss, .gap: gap], gap: .published))
  print("L_sup <=", try report[.phiUpper]?.value?.number.double ?? .infinity)
}
