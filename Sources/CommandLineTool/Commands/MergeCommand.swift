// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

/// `upsilon merge`: measurements that were made in parts.
struct MergeCommand: Command {
  static let parts = ArgumentSpecification.positional(
    "parts", values: .file, isList: true,
    "Files of all parts, as 'measure --part' writes them, in any order; a pattern such as "
      + "'part-*' stands for all files that match it.")

  static let specification = CommandSpecification(
    name: "merge",
    abstract: "Join the parts of a measurement.",
    discussion: """
      'measure --part i/n' does one of n shares of the work, in its own process or on its own \
      machine, and keeps the values of its batches or anchors in a file. From the files of all \
      parts this command prints exactly the bytes that one process would; it does not need the \
      features.

      Parts that differ in features, options or instruction sets, duplicate or missing parts, and \
      damaged files are refused.

      All values are in memory at once: beside the program itself as many bytes as the files have \
      together, and up to four times those of the largest.
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
