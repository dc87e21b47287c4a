// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Measurements
internal import Tables

/// `upsilon verify`: does a table hold.
struct VerifyCommand: Command {
  static let tables = ArgumentSpecification.positional(
    "tables", values: .file, isList: true,
    "CSV files of coverage, collision, distinct, duplicates, waiting, table or bounds, with the "
      + "measurements that bounds are of ('-': standard input).")

  static let specification = CommandSpecification(
    name: "verify",
    abstract: "Recompute the numbers of tables, by a second method where there is one.",
    discussion: """
      Recomputes every number of an exact table, row by row, and compares it with what is \
      printed. Coverage and distinct labels are computed by two of the three methods, contour \
      integral, inclusion-exclusion and recurrence, so that at least one differs from the one \
      that made the table. Where only one is feasible, and for all other columns, numbers are \
      computed to ten more digits, which takes other steps in another arithmetic. Quantiles are \
      checked against the probabilities of that many draws and of one fewer. Laws from files are \
      given by the same options as when the table was made.

      Bounds are computed from their definitions again, in sums over all numbers of collisions and \
      of missed classes, with the measurements that are among the files, those published, or those \
      of theory. Measured losses are only compared with the measurements. Bounds that rest on \
      certificates (phi, spread, prior_adjusted_upper) are computed again from certificates found \
      as 'bounds' finds them, which are then proven by another argument, on triangles of scores and \
      with other arithmetic; what that does not reach counts as unchecked.

      Prints how many numbers were confirmed in which way, and how many could not be checked. A \
      wrong number is reported with its line and the first digit that differs, and the command \
      ends with status 1.
      """,
    arguments: [
      tables, LawOptions.counts, LawOptions.probabilities, LawOptions.normalize, LawOptions.blank,
    ] + [OutputOptions.format, OutputOptions.output, OutputOptions.columns],
    examples: [
      WorkedExample(
        "Does a table hold?", arguments: "verify tables/coverage-cifar-10.csv --format csv",
        output: """
          file,rows,two_methods,more_digits,unchecked,wrong
          tables/coverage-cifar-10.csv,238,952,0,0,0
          """)
    ])

  private static let columns = [
    "file", "rows", "two_methods", "more_digits", "unchecked", "wrong",
  ]

  private let files: [String]
  private let laws: [String: [String]]
  private let outputOptions: OutputOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    let text = arguments.text(Self.tables) ?? ""
    files = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if files.contains("") {
      throw .invalid(text, for: Self.tables, "must be files joined by commas")
    }
    var laws: [String: [String]] = [:]
    for option in [LawOptions.counts, LawOptions.probabilities] {
      guard let file = arguments.text(option) else { continue }
      var words = ["--" + option.name, file]
      if option.name == LawOptions.probabilities.name {
        for flag in [LawOptions.normalize, LawOptions.blank] where arguments.has(flag) {
          words.append("--" + flag.name)
        }
      }
      let name = LawOptions.baseName(file)
      // Rows of two laws of one name could not be told apart.
      if laws[name] != nil { throw .conflict(LawOptions.probabilities, LawOptions.counts) }
      laws[name] = words
    }
    self.laws = laws
    outputOptions = try OutputOptions(arguments)
  }

  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    // Every file is read before any is recomputed: a missing one is not found after an hour.
    var readers: [CSVReader] = []
    var measurements: [[ContrastiveMeasurement]] = []
    for file in files {
      let bytes = try FileDescriptor.contents(of: file)
      let reader = try CSVReader(bytes, file: FileDescriptor.displayName(of: file))
      if let rows = try BoundOrigins.measurements(bytes, reader) { measurements.append(rows) }
      readers.append(reader)
    }
    let origins = BoundOrigins(measurements)
    // A law is read again for every row.
    let isPiped = laws.values.contains { $0[1] == "-" }
    let input = isPiped ? try FileDescriptor.contents(of: "-") : nil
    let selection = try outputOptions.selection(of: Self.columns)
    var wrong = 0
    try outputOptions.withOutput(standardOutput: output) { sink in
      var writer = outputOptions.makeWriter { text in try sink.write(text) }
      try writer.begin(columns: selection.headings)
      for reader in readers {
        var verification = try TableVerification(
          reader, laws: laws, input: input, origins: origins
        ) { line in
          try diagnostics.write("Wrong: \(line.onOneLine)\n")
          try diagnostics.flush()
        }
        try verification.run()
        for note in verification.notes { try diagnostics.write("Note: \(note.onOneLine)\n") }
        try diagnostics.flush()
        let counts = verification.counts
        let numbers = [
          counts.rows, counts.byTwoMethods, counts.byMoreDigits, counts.unchecked, counts.wrong,
        ]
        let row = [.text(reader.file)] + numbers.map(TableField.integer)
        try writer.append(row: selection.fields(of: row))
        try sink.flush()
        wrong += counts.wrong
      }
      try writer.finish()
      try sink.flush()
    }
    if wrong > 0 { throw VerificationError(count: wrong) }
  }
}

/// Numbers of a table that are not what they should be.
struct VerificationError: Error, Equatable, CustomStringConvertible {
  let count: Int

  var description: String { "\(count) \(count == 1 ? "number is" : "numbers are") wrong" }
}
