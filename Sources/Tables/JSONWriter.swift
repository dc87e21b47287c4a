// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Prints a table as a JSON array with one object a line, its names those of the columns.
///
/// Integers are JSON numbers, exact quantities strings (`"0.1"`), infinities and absent values
/// null. Each row is one piece of text to the sink, so memory does not grow with the number of
/// rows.
///
/// Reference: T. Bray, *The JavaScript Object Notation (JSON) Data Interchange Format*, RFC 8259,
/// 2017.
public struct JSONWriter: TableWriter {
  private let sink: TextSink
  private var progress = TableProgress()
  private var names: [String] = []
  private var isEmpty = true

  /// A writer that hands its text to `sink`.
  public init(sink: @escaping TextSink) {
    self.sink = sink
  }

  /// Opens the array.
  public mutating func begin(columns: [String]) throws {
    progress.begin(columnCount: columns.count)
    names = columns.map { Self.quoted($0) + ":" }
    try sink("[\n")
  }

  /// Writes one object.
  public mutating func append(row: [TableField]) throws {
    progress.append(fieldCount: row.count)
    var object = isEmpty ? "{" : ",\n{"
    for (index, name) in names.enumerated() {
      if index > 0 { object += "," }
      object += name
      object += Self.value(row[index])
    }
    try sink(object + "}")
    isEmpty = false
  }

  /// Closes the array.
  public mutating func finish() throws {
    progress.finish()
    try sink(isEmpty ? "]\n" : "\n]\n")
  }

  private static func value(_ field: TableField) -> String {
    switch field {
    case .text(let text), .number(let text): quoted(text)
    case .integer(let value): "\(value)"
    case .negativeInfinity, .infinity, .absent: "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: needsEscape) else { return "\"" + text + "\"" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < UInt8(ascii: " ") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}
