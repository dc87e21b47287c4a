// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy
internal import Tables

/// `upsilon table`: all coefficients of the bounds for a list of draws.
struct CoefficientsCommand: TabularCommand {
  static let specification = CommandSpecification(
    name: "table",
    abstract: "Coverage, collisions and distinct labels, a row for each number of draws.",
    discussion: """
      Prints in one row what 'coverage', 'collision' and 'distinct' print in several, with the \
      probability that the draws show every class while no negative shares the anchor's. With \
      '--copies' or '--at-least' covering means showing every class several times, or only some \
      of the classes.
      """,
    arguments: LawOptions.specifications() + DrawOptions.specifications
      + SamplingOptions.specifications + GoalOptions.specifications
      + [MethodOption.specification]
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
      ),
      WorkedExample(
        "And if three of the four classes are enough?",
        arguments: "table --dataset ag-news --negatives 15 --at-least 3 --format csv --digits 5",
        output: """
          dataset,classes,negatives,draws,sampling,copies,at_least,coverage_probability,miss_probability,collision_probability,expected_collisions,expected_log_collisions,covered_collision_free_probability,expected_distinct
          ag-news,4,15,16,with-replacement,1,3,0.99991,0.000091551,0.98664,3.75,1.4870,0.013363,3.9599
          """
      ),
    ])

  private let request: DrawRequest
  private let method: OccupancyMethod
  private let goal: GoalOptions
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    request = try DrawRequest(arguments)
    method = try MethodOption.value(arguments)
    goal = try GoalOptions(arguments)
    outputOptions = try OutputOptions(arguments)
  }

  /// The laws that the columns of one row come from.
  private struct Laws {
    let coverage: CoverageProbability
    let collision: CollisionLaw
    let covered: CoveredCollisionLaw
    let distinct: DistinctLaw

    init(
      _ item: DrawRequest.Case, _ method: OccupancyMethod, _ curves: inout CoverageCurves,
      _ collisions: inout [SamplingScheme: CollisionCurve], digits: Int
    ) throws {
      let (law, sampling) = (item.law.law, item.sampling)
      coverage = try curves.coverage(item)
      collision = try collisions[sampling, default: item.collisionCurve(digits: digits)]
        .collisions(negativeCount: item.negativeCount)
      covered = try curves.coveredCollisions(item)
      distinct = try DistinctLaw(
        law: law, sampling: sampling, drawCount: item.drawCount, method: method)
    }
  }

  func validate() throws -> TableReport {
    let (digits, method, goal) = (outputOptions.digits, method, goal)
    let law = try request.law()
    let forEachCase = try request.validate(law) {
      var alone = CoverageCurves(method: method, goal: goal, digits: digits)
      var collisions: [SamplingScheme: CollisionCurve] = [:]
      _ = try Laws($0, method, &alone, &collisions, digits: digits)
    }
    let prefix =
      ["dataset", "classes", "negatives", "draws", "sampling"] + goal.columns(for: [law])
    let columns =
      prefix + [
        "coverage_probability", "miss_probability", "collision_probability",
        "expected_collisions", "expected_log_collisions", "covered_collision_free_probability",
        "expected_distinct",
      ]
    return TableReport(columns: columns, notes: law.notes) { emit in
      var curves = CoverageCurves(method: method, goal: goal, digits: digits)
      var collisions: [SamplingScheme: CollisionCurve] = [:]
      let goalFields = try goal.fields(for: law)
      try forEachCase { item in
        let laws = try Laws(item, method, &curves, &collisions, digits: digits)
        try emit.later {
          var row = item.lawFields
          row += [.integer(item.negativeCount), .integer(item.drawCount), item.samplingField]
          row += goalFields
          let values = [
            laws.coverage.value, laws.coverage.complement, laws.collision.probability,
            laws.collision.mean, laws.collision.expectedLog, try laws.covered.pmf(0),
            laws.distinct.mean,
          ]
          for value in values { row.append(try .number(value, digits: digits)) }
          return row
        }
      }
    }
  }
}
