// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy
internal import Tables

/// `upsilon waiting`: how many draws until all classes are seen.
struct WaitingCommand: TabularCommand {
  static let quantiles = ArgumentSpecification.option(
    "quantiles", value: "list", default: "0.5,0.9,0.99",
    "Probabilities P between 0 and 1; each column quantile_P is the least n with v_n >= P.")

  static let specification = CommandSpecification(
    name: "waiting",
    abstract: "How many draws until all classes are seen.",
    discussion: """
      Prints the mean, the standard deviation and quantiles of the number of draws at which the \
      last class is seen first (the coupon collector's waiting time) or, with '--copies' or \
      '--at-least', until every class was drawn several times, or some of the classes were.
      """,
    arguments: LawOptions.specifications(all: true) + SamplingOptions.specifications
      + GoalOptions.specifications + [quantiles] + OutputOptions.specifications,
    alternatives: [LawOptions.alternatives()],
    examples: [
      WorkedExample(
        "How long until all six faces of a die were seen?",
        arguments: "waiting --classes 6 --quantiles 0.5,0.99 --format csv --digits 6",
        output: """
          dataset,classes,sampling,mean,standard_deviation,quantile_0.5,quantile_0.99
          uniform,6,with-replacement,14.7,6.24420,13,36
          """),
      WorkedExample(
        "And until each face was seen twice?",
        arguments: "waiting --classes 6 --copies 2 --quantiles 0.5,0.99 --format csv --digits 6",
        output: """
          dataset,classes,sampling,copies,at_least,mean,standard_deviation,quantile_0.5,quantile_0.99
          uniform,6,with-replacement,2,6,24.1339,7.54251,23,49
          """),
    ])

  /// A probability with its text as typed, which names its column.
  struct Quantile: Sendable {
    let text: String
    let probability: Rational
  }

  private let lawOptions: LawOptions
  private let sampling: SamplingOptions
  private let goal: GoalOptions
  let quantiles: [Quantile]
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    lawOptions = try LawOptions(arguments, all: true)
    sampling = try SamplingOptions(arguments)
    goal = try GoalOptions(arguments)
    let text = arguments.text(Self.quantiles) ?? Self.quantiles.defaultValue ?? ""
    quantiles = try Self.parse(text)
    outputOptions = try OutputOptions(arguments)
  }

  private static func parse(_ text: String) throws(UsageError) -> [Quantile] {
    var result: [Quantile] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      guard let probability = try? Rational(parsing: part), probability > 0, probability < 1 else {
        throw .invalid(
          text, for: quantiles, "'\(part)' is not a decimal greater than 0 and less than 1")
      }
      guard !result.contains(where: { $0.text == part }) else {
        throw .invalid(text, for: quantiles, "'\(part)' stands twice")
      }
      result.append(Quantile(text: part, probability: probability))
    }
    return result
  }

  func validate() throws -> TableReport {
    let (digits, quantiles, goal) = (outputOptions.digits, quantiles, goal)
    var notes: [String] = []
    var cases: [(law: NamedLaw, scheme: SamplingScheme)] = []
    let laws = try lawOptions.resolve()
    for law in laws {
      if laws.count == 1 { try sampling.check(law) }
      let schemes = sampling.schemes(for: law)
      if schemes != sampling.schemes {
        notes.append("\(law.name) has no items and so no row without replacement")
      }
      for scheme in schemes {
        if let problem = try goal.unreachable(law, scheme) {
          if laws.count == 1 { throw goal.unreachableError(problem) }
          notes.append("\(problem), and so \(law.name) has no row without replacement")
          continue
        }
        _ = try WaitingTime(law: law.law, sampling: scheme, goal: goal.goal(for: law))
        cases.append((law, scheme))
      }
    }
    let columns =
      ["dataset", "classes", "sampling"] + goal.columns + ["mean", "standard_deviation"]
    let quantileColumns = quantiles.map { "quantile_" + $0.text }
    return TableReport(columns: columns + quantileColumns, notes: notes) { [cases] emit in
      for (law, scheme) in cases {
        let time = try WaitingTime(law: law.law, sampling: scheme, goal: goal.goal(for: law))
        var row: [TableField] = [
          .text(law.name), .integer(law.law.classCount), .text(scheme.rawValue),
        ]
        row += goal.fields(for: law)
        for value in [time.mean, time.standardDeviation] {
          row.append(try .number(value, digits: digits))
        }
        for quantile in quantiles { row.append(.integer(try time.quantile(quantile.probability))) }
        try emit(row)
      }
    }
  }
}
