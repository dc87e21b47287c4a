// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Tables

/// `upsilon datasets`: the built-in label laws.
struct DatasetsCommand: TabularCommand {
  static let specification = CommandSpecification(
    name: "datasets",
    abstract: "The built-in label laws.",
    discussion: """
      Lists the names that '--dataset' takes with the numbers of classes and items and the sizes \
      of the smallest and the largest class.
      """,
    arguments: OutputOptions.specifications,
    examples: [
      WorkedExample(
        "Which label laws are built in?", arguments: "datasets --format csv")
    ])

  let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    outputOptions = try OutputOptions(arguments)
  }

  func validate() throws -> TableReport {
    let columns = ["name", "classes", "items", "smallest", "largest", "source"]
    return TableReport(columns: columns) { emit in
      for law in BuiltInLaw.all {
        let distribution = law.distribution
        let sizes = [distribution.itemCount, distribution.smallestClass, distribution.largestClass]
        try emit(
          [.text(law.name), .integer(distribution.classCount)]
            + sizes.map { $0.map(TableField.integer) ?? .absent } + [.text(law.source)])
      }
    }
  }
}
