// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// A CSV file of a label law, read row by row with the position of every field known.
struct LawFile {
  /// One field with its place in the file.
  struct Field {
    let text: String
    let file: String
    let line: Int
    let column: Int

    /// The error that says what is wrong with this field.
    func error(_ problem: String) -> TableError {
      TableError(file: file, line: line, column: column, problem: problem)
    }

    /// The text as an integer of at least 1.
    func positiveInteger(_ what: String) throws(TableError) -> Int {
      guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
        throw error("expected a whole number as \(what), found '\(text.excerpt)'")
      }
      guard let value = Int(text) else {
        throw error("the \(what) \(text.excerpt) exceeds \(Int.max)")
      }
      guard value >= 1 else { throw error("the \(what) must be at least 1, found \(text)") }
      return value
    }
  }

  private var reader: CSVReader
  private var lines: [String: Int] = [:]

  /// The header joined by commas.
  let header: String

  /// Opens a file whose header must be one of `headers`.
  init(_ path: String, headers: [String]) throws {
    reader = try CSVReader(FileDescriptor.contents(of: path), file: path)
    header = reader.header.fields.joined(separator: ",")
    guard headers.contains(header) else {
      throw TableError(
        file: path, line: reader.header.line,
        problem: "expected the header \(headers.joined(separator: " or ")), "
          + "found '\(header.excerpt)'")
    }
  }

  /// The two fields of the next row, or nil at the end.
  mutating func nextRow() throws(TableError) -> (Field, Field)? {
    guard let row = try reader.nextRow() else { return nil }
    let fields = row.fields.enumerated().map { index, text in
      Field(text: text, file: reader.file, line: row.line, column: index + 1)
    }
    return (fields[0], fields[1])
  }

  /// Throws if a label was seen before; remembers it otherwise.
  mutating func checkNew(_ label: Field) throws(TableError) {
    if let first = lines.updateValue(label.line, forKey: label.text) {
      throw label.error("the label '\(label.text.excerpt)' stands on line \(first) already")
    }
  }

  /// The error of a file without rows below its header.
  var emptyError: LawFileError {
    LawFileError(file: reader.file, problem: "there are no classes below the header")
  }
}
