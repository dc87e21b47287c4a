// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Measurements
import TestSupport
import Testing

@testable import Bounds

/// Golden values to 10 digits from References/make-phi-references.py, which shares nothing with the
/// sources but the definition.
@Suite struct PhiReferenceTests {
  @Test("Phi and Phi-cap are within 2 10^-9 of the optimum")
  func references() throws {
    let rows = ReferenceFile.rows(of: "phi-references.csv").map { line in
      line.split(separator: ",").map(String.init)
    }
    #expect(rows.count == 17)
    for row in rows {
      let groups = row[0].split(separator: ";").map { part in
        let numbers = part.split(separator: "*").compactMap { Int($0) }
        return LabelDistribution.ClassGroup(size: numbers[0], classCount: numbers[1])
      }
      let setting = try ContrastiveSetting(
        classSizes: LabelDistribution(groups: groups),
        sampling: try #require(SamplingScheme(rawValue: row[1])),
        negativeCount: try #require(Int(row[2])), temperature: Rational(parsing: row[3]))
      let excess = MeasuredQuantity(LinearForm(try Rational(parsing: row[4])))
      for (outcome, text) in [
        (try PhiBound.outcome(inputs(setting, excess: excess)), row[5]),
        (try PhiCapBound.outcome(inputs(setting, excess: excess)), row[6]),
      ] {
        let value = try #require(try double(outcome))
        let optimum = try #require(Double(text))
        // The reference itself is rounded, and errs by what its searches leave.
        #expect(value > optimum * (1 - 1e-9), "\(row)")
        #expect(value < optimum * (1 + 2e-9), "\(row)")
      }
    }
  }
}
