// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct OutputOptionsTests {
  private func options(_ line: String, isForTerminal: Bool = false) throws -> OutputOptions {
    let words = line.split(separator: " ").map(String.init)
    var arguments = try parse(words, by: specification(OutputOptions.specifications))
    arguments.isForTerminal = isForTerminal
    return try OutputOptions(arguments)
  }

  /// Options, the format elsewhere than on a terminal, and the format on one.
  private static let formats: [(String, OutputOptions.Format, OutputOptions.Format)] = [
    ("", .csv, .table), ("--output -", .csv, .table), ("--format csv", .csv, .csv),
    ("--format table", .table, .table), ("--format json", .json, .json),
    ("--output a.csv", .csv, .csv), ("--output a.JSON", .json, .json),
    ("--output a.txt", .csv, .csv), ("--output csv", .csv, .csv),
    ("--output a.json/b", .csv, .csv), ("--output a.csv --format json", .json, .json),
    ("--output a.csv --format table", .table, .table), ("--output .json", .json, .json),
  ]

  @Test(
    "The format is the one given, else that of the file, else a table on a terminal and CSV",
    arguments: formats)
  func format(
    line: String, elsewhere: OutputOptions.Format, onTerminal: OutputOptions.Format
  ) throws {
    #expect(try options(line).format == elsewhere)
    #expect(try options(line, isForTerminal: true).format == onTerminal)
  }

  @Test("Tables have 8 digits and files for programs 17 unless told otherwise")
  func digits() throws {
    #expect(try options("", isForTerminal: true).digits == 8)
    #expect(try options("").digits == 17)
    #expect(try options("--format table").digits == 8)
    #expect(try options("--format json").digits == 17)
    #expect(try options("--digits 1").digits == 1)
    #expect(try options("--format csv --digits 1000").digits == 1000)
  }

  @Test("A name that says another form is refused unless the format is given")
  func otherForms() throws {
    for name in ["a.xlsx", "a.tsv", "a.csv.gz", "a.PNG", "a.npy"] {
      let error = #expect(throws: UsageError.self) { try options("--output \(name)") }
      let ending = name.split(separator: ".").last?.lowercased() ?? ""
      #expect(
        error?.message
          == "The value '\(name)' is invalid for '--output <file>': the table is .csv or "
          + ".json, and not .\(ending)")
      #expect(try options("--output \(name) --format csv").path == name)
    }
  }

  @Test("A dash is standard output")
  func dash() throws {
    #expect(try options("--output -").path == nil)
    #expect(try options("--output ./-").path == "./-")
  }

  @Test("Other numbers of digits are refused", arguments: ["0", "1001", "-1", "8.0", "eight"])
  func refused(text: String) {
    let error = #expect(throws: UsageError.self) { try options("--digits \(text)") }
    #expect(error?.message.hasSuffix("must be a whole number from 1 to 1000") == true)
  }

  @Test("An empty file name is refused")
  func emptyName() {
    let error = #expect(throws: UsageError.self) { try options("--output=") }
    #expect(error?.message == "The value '' is invalid for '--output <file>': must name a file")
  }

  @Test("What throws half-way leaves the file that was there")
  func atomic() throws {
    struct Halt: Error {}
    let folder = TemporaryFolder()
    let path = try folder.write("old", to: "out.csv")
    let options = try options("--output \(path)")
    #expect(throws: Halt.self) {
      try options.withOutput(standardOutput: MemoryOutput()) { output in
        try output.write("new")
        throw Halt()
      }
    }
    #expect(try folder.text(of: "out.csv") == "old")
    try options.withOutput(standardOutput: MemoryOutput()) { try $0.write("new") }
    #expect(try folder.text(of: "out.csv") == "new")
    #expect(folder.names == ["out.csv"])
  }
}
