// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy
internal import Tables

/// `upsilon collision`: how likely, and how many, negatives share the anchor's class.
struct CollisionCommand: TabularCommand {
  static let specification = CommandSpecification(
    name: "collision",
    abstract: "How many negatives share the anchor's class, and how likely any does.",
    discussion: """
      Col is the number of negatives whose class is the anchor's. Prints P(Col >= 1), P(Col = 0), \
      E Col, E ln(1 + Col) and E[ln(1 + Col) | Col >= 1]; logarithms are natural.
      """,
    arguments: LawOptions.specifications() + DrawOptions.specifications
      + SamplingOptions.specifications + OutputOptions.specifications,
    alternatives: [LawOptions.alternatives(), DrawOptions.alternatives()],
    examples: [
      WorkedExample(
        "How often do 31 negatives collide with the anchor on CIFAR-10?",
        arguments: "collision --dataset cifar-10 --negatives 31 --format csv --digits 6",
        output: """
          dataset,classes,negatives,sampling,collision_probability,collision_free_probability,expected_collisions,expected_log_collisions,expected_log_collisions_given_collision
          cifar-10,10,31,with-replacement,0.961848,0.0381520,3.1,1.31689,1.36912
          """)
    ])

  private let request: DrawRequest
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    request = try DrawRequest(arguments)
    outputOptions = try OutputOptions(arguments)
  }

  func validate() throws -> TableReport {
    let digits = outputOptions.digits
    let collision = { (item: DrawRequest.Case) in
      try CollisionLaw(
        law: item.law.law, sampling: item.sampling, negativeCount: item.negativeCount)
    }
    let law = try request.law()
    let forEachCase = try request.validate(law) { _ = try collision($0) }
    let columns = [
      "dataset", "classes", "negatives", "sampling", "collision_probability",
      "collision_free_probability", "expected_collisions", "expected_log_collisions",
      "expected_log_collisions_given_collision",
    ]
    return TableReport(columns: columns, notes: law.notes) { emit in
      var curves: [SamplingScheme: CollisionCurve] = [:]
      try forEachCase { item in
        let law = try curves[item.sampling, default: item.collisionCurve(digits: digits)]
          .collisions(negativeCount: item.negativeCount)
        try emit.later {
          var row = item.lawFields
          row += [.integer(item.negativeCount), item.samplingField]
          let values = [
            law.probability, law.freeProbability, law.mean, law.expectedLog,
            law.expectedLogGivenCollision,
          ]
          for value in values { row.append(try .number(value, digits: digits)) }
          return row
        }
      }
    }
  }
}
