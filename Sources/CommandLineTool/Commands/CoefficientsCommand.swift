// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy
internal import Tables

/// `upsilon table`: all coefficients of the bounds for a list of draws.
struct CoefficientsCommand: TabularCommand {
  static let specification = CommandSpecification(
    name: "table",
    abstract: "All coefficients for a list of draws.",
    discussion: """
      Prints in one row what 'coverage', 'collision' and 'distinct' print in several, with the \
      probability that the draws show every class while no negative shares the anchor's.
      """,
    arguments: LawOptions.specifications() + DrawOptions.specifications
      + SamplingOptions.specifications + [MethodOption.specification]
      + OutputOptions.specifications,
    alternatives: [LawOptions.alternatives(), DrawOptions.alternatives()],
    examples: [
      WorkedExample(
        "What are the coefficients of AG News for 15 negatives, with and without replacement?",
        arguments:
          "table --dataset ag-news --negatives 15 --both-samplings --format csv --digits 5",
        output: """
          dataset,classes,negatives,draws,sampling,coverage_probability,miss_probability,collision_probability,expected_collisions,expected_log_collisions,covered_collision_free_probability,expected_distinct
          ag-news,4,15,16,with-replacement,0.96000,0.039999,0.98664,3.75,1.4870,0.013272,3.9599
          ag-news,4,15,16,without-replacement,0.96001,0.039986,0.98664,3.7499,1.4870,0.013270,3.9599
          """
      )
    ])

  private let request: DrawRequest
  private let method: OccupancyMethod
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    request = try DrawRequest(arguments)
    method = try MethodOption.value(arguments)
    outputOptions = try OutputOptions(arguments)
  }

  /// The laws that the columns of one row come from.
  private struct Laws {
    let coverage: CoverageProbability
    let collision: CollisionLaw
    let covered: CoveredCollisionLaw
    let distinct: DistinctLaw

    init(
      _ item: DrawRequest.Case, _ method: OccupancyMethod, _ curves: inout CoverageCurves
    ) throws {
      let (law, sampling) = (item.law.law, item.sampling)
      coverage = try curves.coverage(item)
      collision = try CollisionLaw(
        law: law, sampling: sampling, negativeCount: item.negativeCount)
      covered = try CoveredCollisionLaw(
        law: law, sampling: sampling, negativeCount: item.negativeCount, method: method)
      distinct = try DistinctLaw(
        law: law, sampling: sampling, drawCount: item.drawCount, method: method)
    }
  }

  func validate() throws -> TableReport {
    let (digits, method) = (outputOptions.digits, method)
    let forEachCase = try request.validate {
      var alone = CoverageCurves(method: method, digits: digits)
      _ = try Laws($0, method, &alone)
    }
    let columns = [
      "dataset", "classes", "negatives", "draws", "sampling", "coverage_probability",
      "miss_probability", "collision_probability", "expected_collisions",
      "expected_log_collisions", "covered_collision_free_probability", "expected_distinct",
    ]
    return TableReport(columns: columns) { emit in
      var curves = CoverageCurves(method: method, digits: digits)
      try forEachCase { item in
        let laws = try Laws(item, method, &curves)
        var row = item.lawFields
        row += [.integer(item.negativeCount), .integer(item.drawCount), item.samplingField]
        let values = [
          laws.coverage.value, laws.coverage.complement, laws.collision.probability,
          laws.collision.expectedCount, laws.collision.expectedLog, try laws.covered.pmf(0),
          laws.distinct.mean,
        ]
        for value in values { row.append(try .number(value, digits: digits)) }
        try emit(row)
      }
    }
  }
}
