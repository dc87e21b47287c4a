// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// A command that prints a table.
protocol TabularCommand: Command {
  /// How and where the table is printed.
  var outputOptions: OutputOptions { get }

  /// Checks the whole request, input files included, and lays out the table without computing it.
  func validate() throws -> TableReport
}

extension TabularCommand {
  /// Prints the table row by row, each as soon as it is known.
  func run(output: any TextOutput, diagnostics: any TextOutput) throws {
    let report = try validate()
    let selection = try outputOptions.selection(of: report.columns, summary: report.summary)
    for note in report.notes { try diagnostics.write("Note: \(note)\n") }
    try diagnostics.flush()
    try outputOptions.withOutput(standardOutput: output) { sink in
      var writer = outputOptions.makeWriter(isSummary: selection.isSummary) { text in
        try sink.write(text)
      }
      // The header waits for the first row: a request that fails there has printed nothing.
      var hasBegun = false
      try report.forEachRows { rows in
        if !hasBegun { try writer.begin(columns: selection.headings) }
        hasBegun = true
        for row in rows { try writer.append(row: selection.fields(of: row)) }
        try sink.flush()
      }
      if !hasBegun { try writer.begin(columns: selection.headings) }
      try writer.finish()
      try sink.flush()
    }
    for remark in report.remarks() { try diagnostics.write("Note: \(remark)\n") }
    if let remark = selection.remark(of: report.columns) {
      try diagnostics.write("Note: \(remark)\n")
    }
    try diagnostics.flush()
  }
}
