// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Prints a table as comma-separated values (RFC 4180 with LF line ends), header first.
///
/// A field is quoted only when it must be: when it holds a comma, a double quote, CR or LF, when it
/// begins or ends in a space or a tab (readers take those away), or when it is the first of a
/// row whose fields are all empty (unquoted, that row would be a blank line). Each row is one piece
/// of text to the sink, so memory does not grow with the number of rows.
///
/// Reference: Y. Shafranovich, *Common Format and MIME Type for Comma-Separated Values (CSV)
/// Files*, RFC 4180, 2005.
public struct CSVWriter: TableWriter {
  private let sink: TextSink
  private var progress = TableProgress()
  /// Room for a row.
  private var line: [UInt8] = []

  /// A writer that hands its text to `sink`.
  public init(sink: @escaping TextSink) {
    self.sink = sink
  }

  /// Writes the names of the columns.
  public mutating func begin(columns: [String]) throws {
    progress.begin(columnCount: columns.count)
    try write(columns.count) { columns[$0] }
  }

  /// Writes one row.
  public mutating func append(row: [TableField]) throws {
    progress.append(fieldCount: row.count)
    try write(row.count) { row[$0].description }
  }

  /// Ends the table; nothing more is written.
  public mutating func finish() throws {
    progress.finish()
  }

  private mutating func write(_ count: Int, _ field: (Int) -> String) throws {
    line.removeAll(keepingCapacity: true)
    var isBlank = true
    for index in 0..<count {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      var field = field(index)
      isBlank = isBlank && field.isEmpty
      Self.quoteIfNeeded(&field)
      field.withUTF8 { unsafe line.append(contentsOf: $0) }
    }
    if isBlank { line.insert(contentsOf: "\"\"".utf8, at: 0) }
    line.append(UInt8(ascii: "\n"))
    try sink(String(decoding: line, as: UTF8.self))
  }

  private static func quoteIfNeeded(_ field: inout String) {
    let isPlain = field.withUTF8 { bytes in
      unsafe !bytes.contains(where: needsQuotes) && !isSpace(bytes.first) && !isSpace(bytes.last)
    }
    if isPlain { return }
    var quoted = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    field = quoted + "\""
  }

  private static func isSpace(_ byte: UInt8?) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }
}
