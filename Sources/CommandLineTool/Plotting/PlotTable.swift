// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// Tables to be drawn: rows whose fields are found by the names of their columns.
///
/// Several files with the same columns are one table. Numbers of a table may have any size; they
/// are drawn as doubles, and those that are none at the ends of `range`.
struct PlotTable {
  /// The magnitudes that are drawn as they are: their ratios are doubles too.
  static let range = 1e-150...1e150

  /// A row, with where it stands.
  struct Row {
    let file: String
    let line: Int
    let fields: [String]
  }

  /// The names of the columns, in lower case.
  let columns: [String]
  /// What is odd about them if one is missing, to follow a message.
  let advice: String
  let rows: [Row]
  private let indices: [String: Int]

  /// Reads files.
  ///
  /// - Throws: `FileError`, or `TableError` if a file is no CSV file, or its columns are not those
  ///   of the first.
  init(files: [String]) throws {
    var contents: [(file: String, bytes: [UInt8])] = []
    for file in files {
      let bytes = try FileDescriptor.contents(of: file)
      contents.append((FileDescriptor.displayName(of: file), bytes))
    }
    try self.init(contents)
  }

  /// A table of the contents of at least one file.
  init(_ contents: [(file: String, bytes: [UInt8])]) throws(TableError) {
    var columns: [String] = []
    var advice = ""
    var rows: [Row] = []
    for (number, (file, bytes)) in contents.enumerated() {
      var reader = try CSVReader(bytes, file: file)
      if number == 0 {
        columns = reader.columnNames
        advice = reader.headerAdvice
      } else if reader.columnNames != columns {
        throw TableError(
          file: file, line: 1, problem: "the columns are not those of '\(contents[0].file)'")
      }
      while let row = try reader.nextRow() {
        rows.append(Row(file: file, line: row.line, fields: row.fields))
      }
    }
    var indices: [String: Int] = [:]
    for (index, name) in columns.enumerated()
    where indices.updateValue(index, forKey: name) != nil {
      throw TableError(
        file: contents[0].file, line: 1, column: index + 1,
        problem: "the column '\(name)' appears twice")
    }
    if rows.isEmpty {
      throw TableError(file: contents[0].file, line: 1, problem: "there are no rows to draw")
    }
    self.columns = columns
    self.advice = advice
    self.rows = rows
    self.indices = indices
  }

  private init(columns: [String], advice: String, rows: [Row], indices: [String: Int]) {
    self.columns = columns
    self.advice = advice
    self.rows = rows
    self.indices = indices
  }

  /// Whether there is a column with the given name.
  func has(_ column: String) -> Bool { indices[column] != nil }

  /// The rows for which `isIncluded` holds.
  func filter(_ isIncluded: (Row) -> Bool) -> PlotTable {
    PlotTable(columns: columns, advice: advice, rows: rows.filter(isIncluded), indices: indices)
  }

  // MARK: - Fields

  /// The text of a field, empty if there is no such column.
  func text(_ row: Row, _ column: String) -> String {
    indices[column].map { row.fields[$0] } ?? ""
  }

  /// The number in a field; nil if it is empty, infinite or no such column is there.
  ///
  /// - Parameter notes: Counts numbers that are not drawn, or not where they are.
  /// - Throws: `TableError` if the field is no number.
  func number(
    _ row: Row, _ column: String, _ notes: inout PlotNotes
  ) throws(TableError) -> Double? {
    let text = text(row, column)
    if text.isEmpty { return nil }
    switch text {
    case "inf", "-inf":
      notes.infiniteCount += 1
      return nil
    default: break
    }
    guard let value = Self.number(text) else {
      throw TableError(
        file: row.file, line: row.line, column: indices[column].map { $0 + 1 },
        problem: "expected a number, found '\(text.excerpt)'")
    }
    let magnitude = abs(value.number)
    // Exactly 0 is drawn where it is; a logarithmic axis leaves it out.
    if value.isBeyond || magnitude > Self.range.upperBound
      || magnitude < Self.range.lowerBound && magnitude > 0
    {
      notes.clampedCount += 1
      let isLarge = value.isBeyond ? value.number.isInfinite : magnitude > 1
      let end = isLarge ? Self.range.upperBound : Self.range.lowerBound
      return value.number.sign == .minus ? -end : end
    }
    return value.number
  }

  /// A decimal as a double; whether it is too large or too small for one, then infinite or 0.
  static func number(_ text: String) -> (number: Double, isBeyond: Bool)? {
    let allowed = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard allowed else { return nil }
    if let value = Double(text), value.isFinite {
      let mantissa = text.prefix { $0 != "e" && $0 != "E" }
      return (value, value == 0 && mantissa.contains { ("1"..."9").contains($0) })
    }
    // A number whose exponent no double has: the mantissa must be one, and the exponent an integer.
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count == 2, let mantissa = Double(String(parts[0])), mantissa.isFinite else {
      return nil
    }
    let digits = parts[1].drop { $0 == "-" || $0 == "+" }
    guard !digits.isEmpty, digits.count >= parts[1].count - 1,
      digits.allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    if mantissa == 0 { return (0, false) }
    let isSmall = parts[1].first == "-"
    return (Double(signOf: mantissa, magnitudeOf: isSmall ? 0 : .infinity), true)
  }

  /// The values of a column in the order of their first rows, each once.
  func distinct(_ column: String) -> [String] {
    var seen: Set<String> = []
    return rows.map { text($0, column) }.filter { seen.insert($0).inserted }
  }
}

/// What of a table is not drawn, or not where it is.
struct PlotNotes: Equatable {
  /// Numbers drawn at the ends of what can be drawn.
  var clampedCount = 0
  /// Infinite numbers, which are left out.
  var infiniteCount = 0
  /// Numbers that a logarithmic axis has no place for.
  var nonpositiveCount = 0
  /// Other remarks.
  var remarks: [String] = []

  /// One line each.
  var lines: [String] {
    var lines = remarks
    func add(_ count: Int, _ text: String) {
      if count > 0 { lines.append("\(count) \(count == 1 ? "number" : "numbers") \(text)") }
    }
    add(clampedCount, "outside 1e-150 to 1e150 drawn at the end of that range")
    add(infiniteCount, "left out: infinite")
    add(nonpositiveCount, "left out: a logarithmic axis has no place for them")
    return lines
  }
}
