// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct OutputOptionsTests {
  private func options(_ line: String) throws -> OutputOptions {
    let words = line.split(separator: " ").map(String.init)
    return try OutputOptions(parse(words, by: specification(OutputOptions.specifications)))
  }

  @Test(
    "The format is the one given, else the one of the file's extension, else a table",
    arguments: [
      ("", OutputOptions.Format.table), ("--format csv", .csv), ("--format json", .json),
      ("--output a.csv", .csv), ("--output a.JSON", .json), ("--output a.txt", .table),
      ("--output csv", .table), ("--output a.csv/b", .table),
      ("--output a.csv --format json", .json),
      ("--output a.csv --format table", .table), ("--output .csv", .csv),
    ])
  func format(line: String, expected: OutputOptions.Format) throws {
    #expect(try options(line).format == expected)
  }

  @Test("Tables have 8 digits and files for programs 17 unless told otherwise")
  func digits() throws {
    #expect(try options("").digits == 8)
    #expect(try options("--format csv").digits == 17)
    #expect(try options("--format json").digits == 17)
    #expect(try options("--digits 1").digits == 1)
    #expect(try options("--format csv --digits 1000").digits == 1000)
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
