// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy
internal import Tables

/// A CSV file of a label law, read row by row with the position of every field known.
///
/// Its columns are found by their names, in any order and with any others. Classes that are never
/// drawn are left out, which `notes` says. Labels are the same if their bytes are.
struct LawFile {
  /// One field with its place in the file.
  struct Field {
    /// The field, a number as programs write it.
    let text: String
    let file: String
    let line: Int
    let column: Int

    /// The error that says what is wrong with this field.
    func error(_ problem: String) -> TableError {
      TableError(file: file, line: line, column: column, problem: problem)
    }

    /// The text as an integer of at least 0.
    func wholeNumber(_ what: String, advice: String = "") throws(TableError) -> Int {
      func unexpected(_ advice: String) -> TableError {
        error("expected a whole number as \(what), found '\(text.excerpt)'\(advice)")
      }
      do throws(WholeNumber.Failure) {
        let value = try WholeNumber.parse(text)
        if value >= 0 { return value }
      } catch {
        switch error {
        case .malformed: break
        case .fractional: throw unexpected(advice)
        case .tooLarge: throw self.error("the \(what) \(text.excerpt) exceeds \(Int.max)")
        }
      }
      throw unexpected("")
    }

    /// The text as how often a class must come.
    func copies() throws(TableError) -> Int {
      let limit = CoverageGoal.copiesLimit
      guard let value = try? WholeNumber.parse(text), (0...limit).contains(value) else {
        throw error(
          "expected how often the class must come, from 0 to \(limit), found '\(text.excerpt)'")
      }
      return value
    }
  }

  /// The fields of a row.
  struct Row {
    /// What the columns of the form have, in its order.
    let fields: [Field]
    /// How often the classes must come, if there is such a column.
    let copies: Field?
  }

  /// The column that may be there in any form.
  private static let copiesName = "copies"
  /// The column of what classes are called, whose fields are no numbers.
  private static let labelName = "label"

  private var reader: CSVReader
  /// Where the columns are, in the order of the form.
  private let indices: [Int]
  private let copiesIndex: Int?
  private var lines: [UTF8Text: Int] = [:]
  private var leftOut: [String] = []
  private var leftOutCount = 0

  /// The names of the columns that the file is read by.
  let form: [String]

  /// Opens a file that must have the columns of one of `forms`.
  init(_ path: String, forms: [[String]]) throws {
    reader = try CSVReader(
      FileDescriptor.contents(of: path), file: FileDescriptor.displayName(of: path))
    let names = Set(reader.columnNames)
    let fitting = forms.filter(names.isSuperset)
    guard let form = fitting.first else {
      let wanted = forms.map { $0.joined(separator: ",") }.joined(separator: " or ")
      let found = reader.header.fields.joined(separator: ",")
      throw TableError(
        file: reader.file, line: reader.header.line,
        problem: "expected the columns \(wanted), found '\(found.excerpt)'\(reader.headerAdvice)")
    }
    guard fitting.count == 1 else {
      let all = fitting.map { $0.joined(separator: ",") }.joined(separator: " and as ")
      throw TableError(
        file: reader.file, line: reader.header.line,
        problem: "the columns can be read as \(all): remove one that is not meant")
    }
    let columns = try reader.columns(named: [Self.copiesName], required: form)
    self.form = form
    indices = form.compactMap { columns[$0] }
    copiesIndex = columns[Self.copiesName]
  }

  /// The fields of the next row, or nil at the end.
  mutating func nextRow() throws(TableError) -> Row? {
    guard let row = try reader.nextRow() else { return nil }
    func field(_ index: Int, isNumber: Bool) throws(TableError) -> Field {
      let text = isNumber ? try reader.number(in: row, column: index) : row.fields[index]
      return Field(text: text, file: reader.file, line: row.line, column: index + 1)
    }
    var fields: [Field] = []
    for (name, index) in zip(form, indices) {
      fields.append(try field(index, isNumber: name != Self.labelName))
      if name == Self.labelName { try checkNew(fields[fields.count - 1]) }
    }
    let copies = try copiesIndex.map { index throws(TableError) in
      try field(index, isNumber: true)
    }
    return Row(fields: fields, copies: copies)
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
  private mutating func checkNew(_ label: Field) throws(TableError) {
    if let first = lines.updateValue(label.line, forKey: UTF8Text(label.text)) {
      throw label.error("the label '\(label.text.excerpt)' is on line \(first) already")
    }
  }

  /// Leaves out classes that are never drawn.
  ///
  /// - Throws: `TableError` if they must come.
  mutating func leaveOut(_ row: Row, classCount: Int) throws(TableError) {
    if let field = row.copies, try field.copies() > 0 {
      throw field.error("the class must come \(field.text) times, but is never drawn")
    }
    leftOutCount += classCount
    if form[0] == Self.labelName, leftOut.count < 5 {
      leftOut.append("'\(row.fields[0].text.excerpt)'")
    }
  }

  /// What was left out, one line for a person; none if that is nothing.
  ///
  /// - Parameter what: What these classes have: `a count of 0`.
  func notes(_ what: String) -> [String] {
    if leftOutCount == 0 { return [] }
    var names = leftOut.joined(separator: ", ")
    if leftOutCount > leftOut.count { names += names.isEmpty ? "" : " and others" }
    let classes = leftOutCount == 1 ? "1 class" : "\(leftOutCount) classes"
    return [
      "\(reader.file): \(classes) with \(what) left out" + (names.isEmpty ? "" : ": \(names)")
    ]
  }

  /// The error of a file in which no class is left below its header.
  var emptyError: LawFileError {
    LawFileError(
      file: reader.file,
      problem: leftOutCount == 0
        ? "there are no classes below the header" : "no class is ever drawn")
  }
}
