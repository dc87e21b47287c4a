// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy
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

    /// The text as how often a class must come.
    func copies() throws(TableError) -> Int {
      let limit = CoverageGoal.copiesLimit
      guard let value = Int(text), (0...limit).contains(value) else {
        throw error(
          "expected how often the class must come, from 0 to \(limit), found '\(text.excerpt)'")
      }
      return value
    }
  }

  /// The fields of a row.
  struct Row {
    let first, second: Field
    /// How often the classes must come, if there is such a column.
    let copies: Field?
  }

  /// The column that may follow the others.
  private static let copiesName = "copies"

  private var reader: CSVReader
  private var lines: [String: Int] = [:]

  /// The header's first two names joined by a comma.
  let header: String

  /// Opens a file whose header must be one of `headers`, or one of them with the column copies.
  init(_ path: String, headers: [String]) throws {
    reader = try CSVReader(FileDescriptor.contents(of: path), file: path)
    let names = reader.header.fields
    let hasCopies = names.count == 3 && names[2] == Self.copiesName
    header = names.prefix(hasCopies ? 2 : names.count).joined(separator: ",")
    guard headers.contains(header) else {
      let found = names.joined(separator: ",")
      throw TableError(
        file: path, line: reader.header.line,
        problem: "expected the header \(headers.joined(separator: " or ")), or one of them with "
          + "the column \(Self.copiesName), found '\(found.excerpt)'")
    }
  }

  /// The fields of the next row, or nil at the end.
  mutating func nextRow() throws(TableError) -> Row? {
    guard let row = try reader.nextRow() else { return nil }
    let fields = row.fields.enumerated().map { index, text in
      Field(text: text, file: reader.file, line: row.line, column: index + 1)
    }
    return Row(first: fields[0], second: fields[1], copies: fields.count > 2 ? fields[2] : nil)
  }

  /// What the column copies says, nil if there is none.
  func requirement(
    _ copies: [(copies: Int, classCount: Int)]
  ) throws(LawFileError) -> [(copies: Int, classCount: Int)]? {
    if copies.isEmpty { return nil }
    guard copies.contains(where: { $0.copies > 0 }) else {
      throw LawFileError(
        file: reader.file, problem: "the column \(Self.copiesName) asks for no class")
    }
    return copies
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
