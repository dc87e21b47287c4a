// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy
internal import Tables

/// `upsilon duplicates`: how likely is a class twice, or exactly once, among n draws.
struct DuplicatesCommand: TabularCommand {
  static let quantiles = ArgumentSpecification.option(
    "quantiles", value: "list", isList: true,
    "Probabilities P between 0 and 1, in place of '--draws'; each column quantile_P is the least n "
      + "with a duplicate probability of at least P.")

  static let specification = CommandSpecification(
    name: "duplicates",
    abstract: "How likely n draws are to show some class twice, or exactly once.",
    discussion: """
      Prints the probability that some class is drawn at least twice (the birthday problem), that \
      all labels differ, and that some class is drawn exactly once (an anchor without a \
      positive). With '--quantiles' it prints how many draws make a duplicate that likely.
      """,
    arguments: LawOptions.specifications() + DrawOptions.specifications + [quantiles]
      + SamplingOptions.specifications + OutputOptions.specifications,
    alternatives: [
      LawOptions.alternatives(), Alternatives(DrawOptions.specifications + [quantiles]),
    ],
    examples: [
      WorkedExample(
        "How likely is it that two of 23 people share a birthday, and that someone shares theirs "
          + "with nobody?",
        arguments: "duplicates --classes 365 --draws 23 --format csv --digits 6",
        output: """
          dataset,classes,draws,sampling,duplicate_probability,distinct_probability,\
          singleton_probability
          uniform,365,23,with-replacement,0.507297,0.492703,1.00000
          """),
      WorkedExample(
        "How many people does it take?",
        arguments: "duplicates --classes 365 --quantiles 0.5,0.99 --format csv",
        output: """
          dataset,classes,sampling,quantile_0.5,quantile_0.99
          uniform,365,with-replacement,23,57
          """),
    ])

  private enum Request {
    case draws(DrawRequest)
    case quantiles([Quantile], LawOptions, SamplingOptions)
  }

  private let request: Request
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    let quantiles = try Quantile.list(Self.quantiles, in: arguments)
    request =
      quantiles.isEmpty
      ? .draws(try DrawRequest(arguments))
      : .quantiles(quantiles, try LawOptions(arguments), try SamplingOptions(arguments))
    outputOptions = try OutputOptions(arguments)
  }

  func validate() throws -> TableReport {
    switch request {
    case .draws(let request): try report(request)
    case .quantiles(let quantiles, let laws, let sampling): try report(quantiles, laws, sampling)
    }
  }

  private func report(_ request: DrawRequest) throws -> TableReport {
    let digits = outputOptions.digits
    let law = try request.law()
    let forEachCase = try request.validate(law) {
      _ = try DuplicateProbability(
        law: $0.law.law, sampling: $0.sampling, drawCount: $0.drawCount)
    }
    let columns = [
      "dataset", "classes", "draws", "sampling", "duplicate_probability", "distinct_probability",
      "singleton_probability",
    ]
    return TableReport(columns: columns, notes: law.notes) { emit in
      var curves: [SamplingScheme: DuplicateCurve] = [:]
      try forEachCase { item in
        let (law, scheme) = (item.law.law, item.sampling)
        let new = DuplicateCurve(law: law, sampling: scheme, significantDigits: digits)
        let duplicate = try curves[scheme, default: new].duplicate(drawCount: item.drawCount)
        let singleton = try curves[scheme, default: new].singleton(drawCount: item.drawCount)
        try emit.later {
          let values = [duplicate.value, duplicate.complement, singleton.value]
          return try item.lawFields + [.integer(item.drawCount), item.samplingField]
            + values.map { try .number($0, digits: digits) }
        }
      }
    }
  }

  private func report(
    _ quantiles: [Quantile], _ laws: LawOptions, _ sampling: SamplingOptions
  ) throws -> TableReport {
    let law = try laws.resolve()[0]
    try sampling.check(law)
    for scheme in sampling.schemes {
      try DuplicateProbability.checkReach(law: law.law, sampling: scheme)
    }
    let columns = ["dataset", "classes", "sampling"] + quantiles.map(\.column)
    return TableReport(columns: columns, notes: law.notes) { emit in
      for scheme in sampling.schemes {
        var row: [TableField] = [
          .text(law.name), .integer(law.law.classCount), .text(scheme.rawValue),
        ]
        for quantile in quantiles {
          row.append(
            .integer(
              try DuplicateProbability.quantile(
                quantile.probability, law: law.law, sampling: scheme)))
        }
        try emit(row)
      }
    }
  }
}
