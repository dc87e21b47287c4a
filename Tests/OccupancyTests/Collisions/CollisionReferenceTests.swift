// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import TestSupport
import Testing

@testable import Occupancy

/// Golden values to 45 digits from References/make-collision-references.py, which shares nothing
/// with the sources but the definition.
@Suite struct CollisionReferenceTests {
  struct Row: Sendable, CustomStringConvertible {
    let groups: [LabelDistribution.ClassGroup]
    let sampling: SamplingScheme
    let negativeCount: Int
    let collision: Rational
    let free: Rational
    let expectedLog: Rational
    let description: String

    init?(_ line: Substring) {
      let fields = line.split(separator: ",")
      let groups = fields.first?.split(separator: ";").compactMap { part in
        let numbers = part.split(separator: "*").compactMap { Int($0) }
        return numbers.count == 2
          ? LabelDistribution.ClassGroup(size: numbers[0], classCount: numbers[1]) : nil
      }
      guard fields.count == 6, let groups, let k = Int(fields[1]),
        let sampling = SamplingScheme(rawValue: String(fields[2]))
      else { return nil }
      let values = fields[3...].compactMap { try? Rational(parsing: String($0)) }
      guard values.count == 3 else { return nil }
      self.groups = groups
      self.sampling = sampling
      negativeCount = k
      (collision, free, expectedLog) = (values[0], values[1], values[2])
      description = String(line.prefix(60))
    }
  }

  static let rows = ReferenceFile.rows(of: "collision-references.csv").compactMap { Row($0) }

  @Test func `the table of references is read whole`() { #expect(Self.rows.count == 19) }

  @Test(arguments: rows)
  func `all values agree with the references to 44 digits`(row: Row) throws {
    let law = try CollisionLaw(
      law: LabelLaw(LabelDistribution(groups: row.groups)), sampling: row.sampling,
      negativeCount: row.negativeCount)
    try expect(law.probability, is: row.collision)
    try expect(law.freeProbability, is: row.free)
    try expect(law.expectedLog, is: row.expectedLog)
  }

  /// The reference is rounded to 45 digits, so the value is within 10^-44 of it, relatively.
  private func expect(_ value: ComputableReal, is reference: Rational) throws {
    if reference.signum == 0 {
      #expect(value.exact == 0)
      return
    }
    let unit = reference / Rational(Integer(10).power(44))
    let enclosure = try value.enclosure(precision: 200)
    #expect(enclosure.lower.compare(reference - unit) > 0)
    #expect(enclosure.upper.compare(reference + unit) < 0)
  }
}
