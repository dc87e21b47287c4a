// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy
internal import Tables

/// `upsilon distinct`: the law of the number of distinct labels.
struct DistinctCommand: TabularCommand {
  static let summary = ArgumentSpecification.flag(
    "summary", "Print one row for each number of draws, with the mean and the standard deviation.")

  static let specification = CommandSpecification(
    name: "distinct",
    abstract: "The law of the number of distinct labels.",
    discussion: """
      Prints, for each number of draws, the probability of every possible number of distinct \
      labels and the probability of at most that many; with '--summary' only the mean and the \
      standard deviation.
      """,
    arguments: LawOptions.specifications(blank: true) + DrawOptions.specifications
      + SamplingOptions.specifications + [summary, MethodOption.specification]
      + OutputOptions.specifications,
    alternatives: [LawOptions.alternatives(), DrawOptions.alternatives()],
    examples: [
      WorkedExample(
        "How many faces does a die show in four throws?",
        arguments: "distinct --classes 6 --draws 4 --format csv --digits 6",
        output: """
          dataset,classes,draws,sampling,distinct,probability,cumulative_probability
          uniform,6,4,with-replacement,1,0.00462963,0.00462963
          uniform,6,4,with-replacement,2,0.162037,0.166667
          uniform,6,4,with-replacement,3,0.555556,0.722222
          uniform,6,4,with-replacement,4,0.277778,1
          """),
      WorkedExample(
        "How many classes of CIFAR-100 does a batch show?",
        arguments: "distinct --dataset cifar-100 --draws 64,256 --summary --format csv --digits 6",
        output: """
          dataset,classes,draws,sampling,mean,standard_deviation
          cifar-100,100,64,with-replacement,47.4404,2.67078
          cifar-100,100,256,with-replacement,92.3685,2.35850
          """),
    ])

  private let request: DrawRequest
  private let method: OccupancyMethod
  private let isSummary: Bool
  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    request = try DrawRequest(arguments, blank: true)
    method = try MethodOption.value(arguments)
    isSummary = arguments.has(Self.summary)
    outputOptions = try OutputOptions(arguments)
  }

  func validate() throws -> TableReport {
    let (digits, method) = (outputOptions.digits, method)
    let distinct = { (item: DrawRequest.Case) in
      try DistinctLaw(
        law: item.law.law, sampling: item.sampling, drawCount: item.drawCount, method: method)
    }
    let isSummary = isSummary
    let law = try request.law()
    let forEachCase = try request.validate(
      law, rowCount: isSummary ? nil : { try distinct($0).support.count }
    ) {
      let law = try distinct($0)
      if !isSummary { try law.checkWhole(significantDigits: digits) }
    }
    let prefix = ["dataset", "classes", "draws", "sampling"]
    if isSummary {
      return TableReport(columns: prefix + ["mean", "standard_deviation"], notes: law.notes) {
        emit in
        try forEachCase { item in
          let law = try distinct(item)
          try emit.later {
            let values = [law.mean, law.standardDeviation]
            return try item.lawFields + [.integer(item.drawCount), item.samplingField]
              + values.map { try .number($0, digits: digits) }
          }
        }
      }
    }
    let columns = prefix + ["distinct", "probability", "cumulative_probability"]
    return TableReport(columns: columns, notes: law.notes) { emit in
      try forEachCase { item in
        let law = try distinct(item)
        let prefix = item.lawFields + [.integer(item.drawCount), item.samplingField]
        for count in law.support {
          let fields: [TableField] = [
            .integer(count), try .number(law.pmf(count), digits: digits),
            try .number(law.cdf(count), digits: digits),
          ]
          try emit(prefix + fields)
        }
      }
    }
  }
}
