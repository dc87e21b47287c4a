// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Measurements
import Testing

@testable import Bounds

@Suite struct TheoremsTests {
  private let statements = Theorems.all.map { $0.statement }

  @Test func `every theorem has a name of its own`() {
    #expect(Set(statements.map(\.name)).count == statements.count)
    for replacement in Theorems.notebook.map({ $0.statement }) {
      let original = statements.first { $0.name == replacement.name }
      #expect(original?.quantity == replacement.quantity && original?.side == replacement.side)
    }
  }

  @Test func `columns are in the order of the list`() {
    #expect(
      Theorems.columns.map(\.rawValue) == [
        "curl_lower", "coupon_lower", "curl_upper", "coupon_upper", "curl_coverage_free_upper",
        "coupon_coverage_free_upper", "ash_upper", "phi_upper", "phi_cap_upper", "spread_upper",
        "bao_upper", "bao_tightened_upper", "spread_lower", "bao_lower", "trivial_cap",
      ])
    #expect(
      Theorems.adjustedColumns.map(\.rawValue) == ["prior_adjusted_lower", "prior_adjusted_upper"])
  }

  @Test func `the recipe of the notebook takes the place of two theorems`() {
    let exact = BoundRecipe.exact.theorems.map { "\($0)" }
    let published = BoundRecipe.published.theorems.map { "\($0)" }
    let changed = zip(exact, published).filter { $0 != $1 }
    #expect(changed.map(\.0) == ["CURLUpperBound", "CouponUpperBound"])
    #expect(changed.map(\.1) == ["NotebookCURLBound", "NotebookCouponBound"])
    let names = BoundRecipe.published.theorems.map { $0.statement.name }
    #expect(names == statements.map(\.name))
  }

  /// Where an assumption fails a theorem says nothing, and where all hold it says something.
  @Test func `assumptions decide whether a theorem applies`() throws {
    for sampling in SamplingScheme.allCases {
      for counts in [[20, 20, 20], [10, 20, 30]] {
        let sizes = try LabelDistribution(counts: counts)
        var values: [MeasuredMean: Double] = [
          .contrastiveLoss: 2, .betweenClassVariance: 0.5, .classSeparation: 0.5,
        ]
        for mean in MeasuredMean.allCases where values[mean] == nil { values[mean] = 0.1 }
        let means = values.mapValues { Estimate(value: $0, standardError: 0.01) }
        let measurement = ContrastiveMeasurement(
          dataset: "mine", draws: 8, seed: 7, temperature: 0.5, sampling: sampling,
          classSizes: sizes, means: means, batches: 3, instructionSet: "")
        let report = try BoundReport(BoundInputs(measurement, gap: nil))
        for statement in statements {
          let failing = statement.assumptions.first { !$0.holds(in: report.inputs.setting) }
          let outcome = try #require(report[statement.name])
          #expect((outcome.value == nil) == (failing != nil), "\(statement.name)")
          if let failing { #expect(reason(outcome) == failing.reason, "\(statement.name)") }
        }
      }
    }
  }

  @Test func `assumptions hold where they say`() throws {
    let equal = try uniform(3, 2)
    let single = try uniform(1, 2)
    let unequal = try finite([1, 2], 1)
    #expect(Assumption.equalClasses.holds(in: equal) && !Assumption.equalClasses.holds(in: unequal))
    #expect(Assumption.independentDraws.holds(in: equal))
    #expect(!Assumption.independentDraws.holds(in: unequal))
    #expect(Assumption.severalClasses.holds(in: equal))
    #expect(!Assumption.severalClasses.holds(in: single))
  }
}
