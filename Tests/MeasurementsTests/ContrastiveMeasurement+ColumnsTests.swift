// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Tables
import Testing

@testable import Measurements

@Suite struct MeasurementColumnsTests {
  @Test func `the columns are those of the documented order`() {
    let means = [
      "contrastive_loss", "gap", "gap_convex", "gap_linear", "supervised_loss",
      "covered_supervised_term", "uncovered_subset_term", "collision_free_covered_term",
      "collision_free_uncovered_term", "collision_term", "collision_bound", "coverage_rate",
      "collision_rate", "mean_classifier_accuracy", "linear_accuracy",
      "linear_accuracy_without_head", "between_class_variance", "class_separation",
      "prior_adjusted_loss", "gap_exact", "expected_bound",
    ]
    let leading = ["dataset", "classes", "draws", "seed", "temperature", "sampling", "class_sizes"]
    #expect(
      ContrastiveMeasurement.columns
        == leading + means + ["class_means", "batches"] + means.map { $0 + "_se" } + [
          "instruction_set"
        ])
  }

  @Test func `a row has a field for each column, empty where nothing was measured`() throws {
    let row = try ContrastiveMeasurement.example().row.map(\.description)
    #expect(row.count == ContrastiveMeasurement.columns.count)
    #expect(
      row.prefix(10) == [
        "digits, small", "2", "32", "18446744073709551615", "0.1", "without-replacement", "52*2",
        "0.30000000000000004", "-1.25", "",
      ])
    #expect(row[28...31] == ["validation", "160", "1e-20", ""] && row.last == "x86-64-v3")
  }

  @Test func `an unknown origin of class means is an empty field`() throws {
    let row = try ContrastiveMeasurement.example(classMeans: nil).row.map(\.description)
    #expect(row.count == ContrastiveMeasurement.columns.count)
    #expect(row[28] == "" && row[29] == "160")
  }

  @Test(arguments: [([52, 52], "52*2"), ([3, 1, 3, 2, 3], "1*1;2*1;3*3")])
  func `class sizes are written by size and read back`(counts: [Int], text: String) throws {
    let sizes = try LabelDistribution(counts: counts)
    #expect(ContrastiveMeasurement.text(of: sizes) == text)
    #expect(ContrastiveMeasurement.sizes(of: text) == sizes)
  }

  @Test(arguments: ["", "52", "52*", "*10", "52*10;", "52*0", "-1*2", "1*2*3", "a*2", "0*1"])
  func `other texts are no class sizes`(text: String) {
    #expect(ContrastiveMeasurement.sizes(of: text) == nil)
  }
}
