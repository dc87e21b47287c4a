// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import TestSupport
import Testing

@testable import Occupancy

/// Golden values to 40 digits from References/make-goal-references.py, which shares nothing with
/// the sources but the definition.
@Suite struct GoalReferenceTests {
  struct Row: Sendable, CustomStringConvertible {
    let groups: [LabelDistribution.ClassGroup]
    let sampling: SamplingScheme
    let copies, needed: Int
    let draws: Int?
    /// Probability and complement, mean and standard deviation.
    let values: [String]
    let description: String

    init?(_ line: Substring) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 9, let sampling = SamplingScheme(rawValue: fields[1]),
        let copies = Int(fields[2]), let needed = Int(fields[3])
      else { return nil }
      groups = fields[0].split(separator: ";").compactMap { part in
        let numbers = part.split(separator: "*").compactMap { Int($0) }
        return numbers.count == 2 ? .init(size: numbers[0], classCount: numbers[1]) : nil
      }
      (self.sampling, self.copies, self.needed) = (sampling, copies, needed)
      draws = Int(fields[4])
      values = Array(fields[5...])
      let law = fields[0].count > 40 ? "\(groups.count) sizes" : fields[0]
      description = "\(law) \(fields[1...4].joined(separator: " "))"
    }

    var law: LabelLaw {
      get throws {
        let isUniform = groups.count == 1 && groups[0].size == 1
        return LabelLaw(
          isUniform
            ? try .uniform(classCount: groups[0].classCount)
            : try LabelDistribution(groups: groups))
      }
    }

    var goal: CoverageGoal {
      get throws { try CoverageGoal(copies: copies, atLeast: needed) }
    }
  }

  static let rows = ReferenceFile.rows(of: "goal-references.csv").compactMap { Row($0) }

  @Test
  func theReferencesAreThere() {
    #expect(Self.rows.count == 58)
  }

  /// The first 38 digits: the references are rounded at 40.
  private func expect(_ value: ComputableReal, _ reference: String, _ row: Row) throws {
    let enclosure = try value.enclosure(precision: 140)
    let exact = try Rational(parsing: reference)
    let slack = exact.magnitude / Rational(Integer(10).power(38))
    #expect(enclosure.lower.rational <= exact + slack, "\(row)")
    #expect(enclosure.upper.rational >= exact - slack, "\(row)")
  }

  @Test(arguments: rows.filter { $0.draws != nil })
  func probabilities(row: Row) throws {
    let v = try CoverageProbability(
      law: row.law, sampling: row.sampling, drawCount: row.draws ?? 0, goal: row.goal)
    try expect(v.value, row.values[0], row)
    try expect(v.complement, row.values[1], row)
  }

  @Test(arguments: rows.filter { $0.draws == nil })
  func waitingTimes(row: Row) throws {
    let time = try WaitingTime(law: row.law, sampling: row.sampling, goal: row.goal)
    try expect(time.mean, row.values[2], row)
    try expect(time.standardDeviation, row.values[3], row)
  }
}
