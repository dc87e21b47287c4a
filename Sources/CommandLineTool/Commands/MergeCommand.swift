// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

/// `upsilon merge`: measurements that were made in parts.
struct MergeCommand: Command {
  static let parts = ArgumentSpecification.positional(
    "parts", values: .file, isList: true,
    "Files of all parts that 'measure --part' has written, in any order; a pattern such as 'part-*' is "
      + "all files that fit it.")

  static let specification = CommandSpecification(
    name: "merge",
    abstract: "Join the parts of a measurement.",
    discussion: """
      'measure --part i/n' does one of n shares of the work, in a process or on a machine of its own, \
      and keeps the values of its batches or anchors in a file. From the files of all parts this \
      command prints what one process prints, to the last byte; it does not need the features.

      Parts of other features, options or instruction sets, parts that are there twice or missing, and \
      files that have changed are refused.
      """,
    arguments: [parts, OutputOptions.format, OutputOptions.output, OutputOptions.columns],
    examples: [
      WorkedExample(
        "Measure in two parts, and join them.",
        arguments: "merge part-1 part-2 --output measurements.csv")
    ])

  private let files: [String]
  private let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    files = try FeatureOptions.paths(arguments, Self.parts) ?? []
    outputOptions = try OutputOptions(arguments)
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    let table = try MeasurementTable(outputOptions)
    let measurements = try MergedMeasurements(files: files.flatMap(Folder.files(matching:)))
    try table.write(to: output) { try measurements.forEach($0) }
    for remark in table.remarks { try diagnostics.write("Note: \(remark)\n") }
    try diagnostics.flush()
  }
}
