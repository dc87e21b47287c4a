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

  /// A writer that hands its text to `sink`.
  public init(sink: @escaping TextSink) {
    self.sink = sink
  }

  /// Writes the names of the columns.
  public mutating func begin(columns: [String]) throws {
    progress.begin(columnCount: columns.count)
    try sink(Self.line(columns))
  }

  /// Writes one row.
  public mutating func append(row: [TableField]) throws {
    progress.append(fieldCount: row.count)
    try sink(Self.line(row.map(\.description)))
  }

  /// Ends the table; nothing more is written.
  public mutating func finish() throws {
    progress.finish()
  }

  private static func line(_ fields: [String]) -> String {
    let isBlank = fields.allSatisfy(\.isEmpty)
    var line = ""
    for (index, field) in fields.enumerated() {
      if index > 0 { line += "," }
      line += isBlank && index == 0 ? "\"\"" : quotedIfNeeded(field)
    }
    return line + "\n"
  }

  private static func quotedIfNeeded(_ field: String) -> String {
    let ends = [field.utf8.first, field.utf8.last]
    guard field.utf8.contains(where: needsQuotes) || ends.contains(where: isSpace) else {
      return field
    }
    var quoted = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
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
