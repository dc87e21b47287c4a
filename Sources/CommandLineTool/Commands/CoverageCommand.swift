// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Occupancy
internal import Tables

/// `upsilon coverage`: how likely do n draws show every class.
struct CoverageCommand: TabularCommand {
  static let exact = ArgumentSpecification.flag(
    "exact", "Add the column coverage_probability_exact, a fraction a/b.")
  static let published = ArgumentSpecification.flag(
    "published", "Compare the values published with the paper to the exact ones instead.")

  static let specification = CommandSpecification(
    name: "coverage",
    abstract: "How likely n draws are to show every class.",
    discussion: """
      Prints the coverage probability v (the paper's upsilon), its complement, and the decimal \
      logarithms of both, for one label law and a list of numbers of draws. Every printed digit \
      is correct. With '--copies' or '--at-least' the draws must show every class several times, \
      or only some of the classes. With '--pack' each draw shows several classes at once, and \
      draws are counted in packs.
      """,
    arguments: LawOptions.specifications(blank: true) + DrawOptions.specifications
      + SamplingOptions.specifications + GoalOptions.specifications + [PackOption.pack]
      + [exact, published, MethodOption.specification]
      + OutputOptions.specifications,
    alternatives: [
      LawOptions.alternatives(unless: published), DrawOptions.alternatives(unless: published),
    ],
    examples: [
      WorkedExample(
        "How likely are 32 and 128 draws to show all ten classes of CIFAR-10?",
        arguments: "coverage --dataset cifar-10 --draws 32,128 --format csv --digits 6",
        output: """
          dataset,classes,draws,sampling,coverage_probability,miss_probability,\
          log10_coverage_probability,log10_miss_probability
          cifar-10,10,32,with-replacement,0.690976,0.309024,-0.160537,-0.510007
          cifar-10,10,128,with-replacement,0.999986,0.0000139008,-6.03709e-6,-4.85696
          """),
      WorkedExample(
        "And with the fraction itself, for a die thrown eight times?",
        arguments: "coverage --classes 6 --draws 8 --exact --format csv --digits 6",
        output: """
          dataset,classes,draws,sampling,coverage_probability,miss_probability,\
          log10_coverage_probability,log10_miss_probability,coverage_probability_exact
          uniform,6,8,with-replacement,0.114026,0.885974,-0.942996,-0.0525791,665/5832
          """),
      WorkedExample(
        "And five of its faces at least twice each in 40 throws?",
        arguments:
          "coverage --classes 6 --draws 40 --copies 2 --at-least 5 --format csv --digits 6",
        output: """
          dataset,classes,draws,sampling,copies,at_least,coverage_probability,miss_probability,\
          log10_coverage_probability,log10_miss_probability
          uniform,6,40,with-replacement,2,5,0.999839,0.000160653,-0.0000697762,-3.79411
          """),
    ])

  private enum Request {
    case published
    case draws(DrawRequest, GoalOptions, OccupancyMethod, isExact: Bool)
    case packs(PackOption, DrawOptions, isExact: Bool)
  }

  private let request: Request
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    outputOptions = try OutputOptions(arguments)
    if arguments.has(Self.published) {
      let outputNames = OutputOptions.specifications.map(\.name)
      for other in Self.specification.options
      where arguments.has(other) && other.name != Self.published.name
        && !outputNames.contains(other.name)
      {
        throw .conflict(other, Self.published)
      }
      request = .published
    } else if let pack = try PackOption(arguments, of: Self.specification) {
      request = .packs(pack, try DrawOptions(arguments), isExact: arguments.has(Self.exact))
    } else {
      request = .draws(
        try DrawRequest(arguments, blank: true), try GoalOptions(arguments),
        try MethodOption.value(arguments),
        isExact: arguments.has(Self.exact))
    }
  }

  func validate() throws -> TableReport {
    switch request {
    case .published:
      return PublishedReport(digits: outputOptions.digits).report
    case .packs(let pack, let draws, let isExact):
      return try PackReport(pack: pack, digits: outputOptions.digits)
        .coverage(draws, isExact: isExact)
    case .draws(let request, let goal, let method, let isExact):
      return try report(request, goal, method, isExact: isExact)
    }
  }

  private func report(
    _ request: DrawRequest, _ goal: GoalOptions, _ method: OccupancyMethod, isExact: Bool
  ) throws -> TableReport {
    let digits = outputOptions.digits
    let law = try request.law()
    let forEachCase = try request.validate(law) {
      _ = try CoverageProbability(
        law: $0.law.law, sampling: $0.sampling, drawCount: $0.drawCount, method: method,
        goal: goal.goal(for: $0.law))
    }
    let prefix = ["dataset", "classes", "draws", "sampling"] + goal.columns(for: [law])
    let columns =
      prefix + [
        "coverage_probability", "miss_probability", "log10_coverage_probability",
        "log10_miss_probability",
      ]
    let extra = isExact ? ["coverage_probability_exact"] : []
    return TableReport(columns: columns + extra, notes: law.notes) { emit in
      var curves = CoverageCurves(method: method, goal: goal, digits: digits)
      let goalFields = try goal.fields(for: law)
      try forEachCase { item in
        let (v, drawCount) = (try curves.coverage(item), item.drawCount)
        let (lawFields, sampling) = (item.lawFields, item.samplingField)
        try emit.later {
          var row = lawFields
          row.reserveCapacity(12)
          row.append(.integer(drawCount))
          row.append(sampling)
          row += goalFields
          row.append(try .number(v.value, digits: digits))
          row.append(try .number(v.complement, digits: digits))
          row.append(try .number(v.log10, digits: digits))
          row.append(try .number(v.log10Complement, digits: digits))
          if isExact { row.append(.text(try v.exactValue().description)) }
          return row
        }
      }
    }
  }
}
