// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import Testing

@testable import Bounds

@Suite struct BoundReportTests {
  private func measurement(
    _ means: [MeasuredMean: Double], error: Double? = 0.01,
    sampling: SamplingScheme = .withReplacement
  ) throws -> ContrastiveMeasurement {
    ContrastiveMeasurement(
      dataset: "mine", draws: 16, seed: 7, temperature: 0.5, sampling: sampling,
      classSizes: try .balanced(classCount: 4, itemsPerClass: 5),
      means: means.mapValues { Estimate(value: $0, standardError: error) }, batches: 3,
      instructionSet: "")
  }

  private let full: [MeasuredMean: Double] = [
    .contrastiveLoss: 1.9, .gap: -1, .gapConvex: -0.5, .gapLinear: -0.4, .supervisedLoss: 0.9,
    .coveredSupervisedTerm: 0.86, .uncoveredSubsetTerm: 0.02, .collisionFreeCoveredTerm: 0.01,
    .collisionFreeUncoveredTerm: 0.001, .collisionBound: 0.3, .coverageRate: 0.95,
    .collisionRate: 0.98, .betweenClassVariance: 0.4, .classSeparation: 0.4,
    .priorAdjustedLoss: 0.9,
  ]

  @Test("Everything measured, every bound has a value and a standard error")
  func complete() throws {
    let report = try BoundReport(BoundInputs(measurement(full), gap: nil))
    for name in Theorems.columns + Theorems.adjustedColumns {
      let value = try #require(report[name]?.value, "\(name)")
      let error = try #require(value.standardError)
      #expect(name == .trivialCap ? error == 0 : error > 0.009)
    }
    #expect(try report.best(.upper, of: .supervisedLoss)?.name == .spreadUpper)
    // Half of E ln(1+Col) and L_sup is less than all of E ln(1+Col).
    #expect(try report.best(.lower, of: .contrastiveLoss)?.name == .curlLower)
    #expect(try report.best(.lower, of: .supervisedLoss)?.name == .spreadLower)
    #expect(try report.best(.upper, of: .priorAdjustedLoss)?.name == .priorAdjustedUpper)
    #expect(report["phi_upper"]?.value != nil && report["no_such_bound"] == nil)
    #expect(try report.violated() == [])
    let derivations = try report.derivations()
    #expect(
      derivations.map(\.name)
        == Theorems.columns + Theorems.adjustedColumns + [.collisionTermUpper])
    #expect(derivations.allSatisfy { $0.numbers != nil })
  }

  @Test("The convex gap is taken where it was measured, and not put in for another")
  func gaps() throws {
    #expect(try BoundInputs(measurement(full), gap: nil).gap?.value.exact == Rational(-1, 2))
    #expect(try BoundInputs(measurement(full), gap: .published).gap?.value.exact == -1)
    var means = full
    means[.gapConvex] = nil
    #expect(try BoundInputs(measurement(means), gap: nil).gap?.value.exact == -1)
    let report = try BoundReport(BoundInputs(measurement(means), gap: .convex))
    guard case .inapplicable(let reason)? = report[.phiUpper] else {
      Issue.record("a value without a gap")
      return
    }
    #expect(reason == "gap_convex was not measured")
  }

  @Test("A loss beyond three standard errors of both violates, one within does not")
  func violations() throws {
    var means = full
    let report = try BoundReport(BoundInputs(measurement(full), gap: nil))
    let spread = try #require(report[.spreadUpper]?.value)
    let value = try spread.number.double
    let error = try #require(spread.standardError) + 0.01
    means[.supervisedLoss] = value + 2.99 * error
    #expect(try BoundReport(BoundInputs(measurement(means), gap: nil)).violated() == [])
    means[.supervisedLoss] = value + 3.01 * error
    #expect(try BoundReport(BoundInputs(measurement(means), gap: nil)).violated() == [.spreadUpper])
    // A lower bound of L_Info: the terms say 1 nat more than the loss.
    means = full
    means[.collisionFreeCoveredTerm] = 2
    #expect(try BoundReport(BoundInputs(measurement(means), gap: nil)).violated() == [.curlLower])
    means = [.contrastiveLoss: 1.9]
    #expect(try BoundReport(BoundInputs(measurement(means), gap: nil)).violated() == nil)
  }

  @Test("Means over seeds have standard errors over seeds; one seed has none")
  func seeds() throws {
    var other = full
    other[.contrastiveLoss] = 2.1
    other[.supervisedLoss] = nil
    let reports = try [full, other].map { try BoundReport(BoundInputs(measurement($0), gap: nil)) }
    let mean = try BoundReport(averaging: reports)
    #expect(mean.inputs.contrastiveLoss.value.exact == 2)
    let error = try #require(mean.inputs.contrastiveLoss.standardError)
    #expect(abs(error - 0.1) < 1e-15)
    #expect(mean.inputs[.supervisedLoss] == nil)
    let coupon = try #require(mean[.couponUpper]?.value)
    let parts = try reports.map { try #require(try double($0[.couponUpper])) }
    #expect(abs(try coupon.number.double - (parts[0] + parts[1]) / 2) < 1e-14)
    #expect(abs(try #require(coupon.standardError) - abs(parts[0] - parts[1]) / 2) < 1e-14)
    let single = try BoundReport(averaging: [reports[0]])
    #expect(single[.couponUpper]?.value?.standardError == nil)
  }

  @Test("The recipe of the notebook divides by measured rates, by 2^-53 if all anchors collide")
  func recipe() throws {
    let inputs = try BoundInputs(measurement(full), gap: .published)
    #expect(try NotebookCouponBound.simulatedCoverage(inputs) == Real(0.95).rational)
    #expect(try NotebookCURLBound.simulatedFreeRate(inputs) == Real(1 - 0.98).rational)
    let report = try BoundReport(inputs, recipe: .published)
    let coupon = try #require(try double(report[.couponUpper]))
    let log = try inputs.setting.expectedLog.double
    #expect(abs(coupon - (5.8 - 0.01 - log) / 0.95) < 1e-13)
    var means = full
    means[.collisionRate] = 1
    means[.coverageRate] = 0
    let noise = try BoundInputs(measurement(means), gap: .published)
    #expect(try NotebookCURLBound.simulatedFreeRate(noise) == Rational(1, 2).power(53))
    #expect(try NotebookCouponBound.simulatedCoverage(noise) == nil)
  }
}
