// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy
internal import Tables

/// `upsilon waiting`: how many draws until all classes are seen.
struct WaitingCommand: TabularCommand {
  static let quantiles = ArgumentSpecification.option(
    "quantiles", value: "list", default: "0.5,0.9,0.99", isList: true,
    "Probabilities P between 0 and 1; each column quantile_P is the least n with v_n >= P.")

  static let specification = CommandSpecification(
    name: "waiting",
    abstract: "How many draws it takes to see all classes.",
    discussion: """
      Prints the mean, the standard deviation and quantiles of the number of draws it takes to \
      see every class (the coupon collector's waiting time) or, with '--copies', '--at-least' or \
      '--required', to see every class several times, or only some of the classes. With '--pack' \
      each draw shows several classes at once, and draws are counted in packs.
      """,
    arguments: LawOptions.specifications(all: true, blank: true) + SamplingOptions.specifications
      + GoalOptions.specifications + [PackOption.pack, quantiles] + OutputOptions.specifications,
    alternatives: [LawOptions.alternatives()],
    examples: [
      WorkedExample(
        "How many throws until all six faces of a die have been seen?",
        arguments: "waiting --classes 6 --quantiles 0.5,0.99 --format csv --digits 6",
        output: """
          dataset,classes,sampling,mean,standard_deviation,quantile_0.5,quantile_0.99
          uniform,6,with-replacement,14.7,6.24420,13,36
          """),
      WorkedExample(
        "And until each face has been seen twice?",
        arguments: "waiting --classes 6 --copies 2 --quantiles 0.5,0.99 --format csv --digits 6",
        output: """
          dataset,classes,sampling,copies,at_least,mean,standard_deviation,quantile_0.5,quantile_0.99
          uniform,6,with-replacement,2,6,24.1339,7.54251,23,49
          """),
      WorkedExample(
        "Only two of 150 equally likely items are wanted: how many draws until both have come?",
        arguments: "waiting --classes 150 --required 2 --quantiles 0.5,0.99 --format csv",
        output: """
          dataset,classes,sampling,required,copies,at_least,mean,standard_deviation,quantile_0.5,\
          quantile_0.99
          uniform,150,with-replacement,2,1,2,225,167.03293088490066,184,792
          """),
      WorkedExample(
        "How many packs of 5 different stickers fill an album of 670?",
        arguments: "waiting --classes 670 --pack 5 --format csv --digits 10",
        output: """
          dataset,classes,sampling,pack,mean,standard_deviation,quantile_0.5,quantile_0.9,\
          quantile_0.99
          uniform,670,with-replacement,5,946.9837488,170.7168458,919,1170,1483
          """),
    ])

  private let pack: PackOption?
  private let lawOptions: LawOptions
  private let sampling: SamplingOptions
  private let goal: GoalOptions
  let quantiles: [Quantile]
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    pack = try PackOption(arguments, of: Self.specification)
    lawOptions = try LawOptions(arguments, all: true, blank: true)
    sampling = try SamplingOptions(arguments)
    goal = try GoalOptions(arguments)
    quantiles = try Quantile.list(Self.quantiles, in: arguments)
    outputOptions = try OutputOptions(arguments)
  }

  func validate() throws -> TableReport {
    if let pack {
      return try PackReport(pack: pack, digits: outputOptions.digits).waiting(quantiles)
    }
    let (digits, quantiles, goal) = (outputOptions.digits, quantiles, goal)
    var notes: [String] = []
    var cases: [(law: NamedLaw, scheme: SamplingScheme)] = []
    let laws = try lawOptions.resolve()
    for law in laws {
      notes += law.notes
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
      ["dataset", "classes", "sampling"] + goal.columns(for: laws) + ["mean", "standard_deviation"]
    let quantileColumns = quantiles.map(\.column)
    var remarks: [String] = []
    return TableReport(
      columns: columns + quantileColumns, notes: notes, remarks: { remarks }
    ) { [cases] emit in
      for (law, scheme) in cases {
        let time = try WaitingTime(law: law.law, sampling: scheme, goal: goal.goal(for: law))
        var row: [TableField] = [
          .text(law.name), .integer(law.law.classCount), .text(scheme.rawValue),
        ]
        row += try goal.fields(for: law)
        for value in [time.mean, time.standardDeviation] {
          row.append(try .number(value, digits: digits))
        }
        for quantile in quantiles {
          do {
            row.append(.integer(try time.quantile(quantile.probability)))
          } catch let error as CapacityError {
            // One quantile out of reach does not take the others with it.
            row.append(.absent)
            remarks.append(
              "\(quantile.column) of \(law.name), \(scheme), is left empty: it would be "
                + "\(error.estimate)"
            )
          }
        }
        try emit(row)
      }
    }
  }
}
