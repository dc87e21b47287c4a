// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Prints a table as a JSON array with one object a line, its names those of the columns.
///
/// Integers and decimals are JSON numbers with all their digits, which a reader of arbitrary
/// precision keeps; fractions and infinities (`"inf"`, `"-inf"`) are strings, and null says that a
/// value does not apply. Each row is one piece of text to the sink, so memory does not grow with the
/// number of rows.
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
    case .text(let text): quoted(text)
    case .number(let text): isNumber(text) ? text : quoted(text)
    case .integer(let value): "\(value)"
    case .negativeInfinity, .infinity: quoted(field.description)
    case .absent: "null"
    }
  }

  /// Whether a text is a number by the grammar of JSON: `-?(0|[1-9][0-9]*)(.[0-9]+)?(e[+-]?[0-9]+)?`.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    /// Takes digits away; how many there were.
    func digits() -> Int {
      let count = rest.prefix { (48...57).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    func take(_ characters: String) -> Bool {
      guard let first = rest.first, characters.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = take("-")
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole == 1 || whole > 1 && !startsWithZero else { return false }
    if take("."), digits() == 0 { return false }
    if take("eE") {
      _ = take("+-")
      if digits() == 0 { return false }
    }
    return rest.isEmpty
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
