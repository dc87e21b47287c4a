// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import TestSupport
import Testing

@testable import Occupancy

/// Golden values to 40 digits from References/make-waiting-references.py, which shares nothing with
/// the sources but the definition.
@Suite struct WaitingReferenceTests {
  struct Row: Sendable, CustomStringConvertible {
    let groups: [LabelDistribution.ClassGroup]
    let sampling: SamplingScheme
    let mean, deviation: Rational
    let quantiles: [Int?]
    let description: String

    init?(_ line: Substring) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 8, let sampling = SamplingScheme(rawValue: fields[1]),
        let mean = try? Rational(parsing: fields[2]),
        let deviation = try? Rational(parsing: fields[3])
      else { return nil }
      groups = fields[0].split(separator: ";").compactMap { part in
        let numbers = part.split(separator: "*").compactMap { Int($0) }
        return numbers.count == 2 ? .init(size: numbers[0], classCount: numbers[1]) : nil
      }
      self.sampling = sampling
      (self.mean, self.deviation) = (mean, deviation)
      quantiles = fields[4...].map { Int($0) }
      description = "\(line.prefix(40))"
    }

    /// A uniform law has no items; all others are given by them.
    var time: WaitingTime {
      get throws {
        let isUniform = groups.count == 1 && groups[0].size == 1
        let law: LabelDistribution =
          try isUniform
          ? .uniform(classCount: groups[0].classCount) : LabelDistribution(groups: groups)
        return try WaitingTime(law: LabelLaw(law), sampling: sampling)
      }
    }
  }

  static let rows = ReferenceFile.rows(of: "waiting-references.csv").compactMap { Row($0) }

  static let levels = ["0.5", "0.9", "0.99", "0.999999999999999999999999999999"]

  @Test func `the table of references is read whole`() { #expect(Self.rows.count == 32) }

  @Test(arguments: rows)
  func `mean and deviation agree with the references to 39 digits`(row: Row) throws {
    let time = try row.time
    // A reference is rounded to 40 digits, so the value is within 10^-39 of it, relatively.
    for (value, reference) in [(time.mean, row.mean), (time.standardDeviation, row.deviation)] {
      let unit = reference / Rational(Integer(10).power(39))
      let enclosure = try value.enclosure(precision: 140)
      #expect(enclosure.lower.compare(reference - unit) > 0)
      #expect(enclosure.upper.compare(reference + unit) < 0)
    }
  }

  @Test(arguments: rows.filter { $0.quantiles.contains { $0 != nil } })
  func `quantiles are those of exact integers`(row: Row) throws {
    for (level, n) in zip(Self.levels, row.quantiles) where n != nil {
      #expect(try row.time.quantile(Rational(parsing: level)) == n, "\(level)")
    }
  }
}
