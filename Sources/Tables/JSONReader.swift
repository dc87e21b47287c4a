// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Reads a JSON text (RFC 8259), strictly.
///
/// Rejected, with line and column in bytes: invalid UTF-8, anything that the grammar does not
/// allow, names that stand twice in an object, lone surrogates, values nested deeper than 64, and
/// text after the value.
///
/// Reference: T. Bray (ed.), *The JavaScript Object Notation (JSON) Data Interchange Format*,
/// RFC 8259, 2017.
public struct JSONReader: Sendable {
  /// How deep arrays and objects may be nested.
  public static let depthLimit = 64

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  /// Where the line begins.
  private var lineStart = 0

  /// The value of a text.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: The name of the file, for messages.
  /// - Throws: `TableError` with the place of the first thing that is not JSON; its column counts
  ///   bytes.
  /// - Complexity: O(bytes).
  public static func read(_ bytes: [UInt8], file: String) throws(TableError) -> JSONValue {
    var reader = JSONReader(bytes: bytes, file: file)
    try reader.checkEncoding()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else {
      throw reader.error("expected the end of the file after the value")
    }
    return value
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  // MARK: - Values

  private mutating func value(depth: Int) throws(TableError) -> JSONValue {
    skipSpace()
    let (line, column) = (line, position - lineStart + 1)
    guard let byte = peek() else { throw error("expected a value, found the end of the file") }
    guard depth <= Self.depthLimit else {
      throw error("values are nested deeper than \(Self.depthLimit)")
    }
    let content: JSONValue.Content
    switch byte {
    case UInt8(ascii: "{"): content = .object(try members(depth: depth))
    case UInt8(ascii: "["): content = .array(try elements(depth: depth))
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = .number(try number())
    case UInt8(ascii: "t"): content = try word("true", .boolean(true))
    case UInt8(ascii: "f"): content = try word("false", .boolean(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    default: throw error("expected a value")
    }
    return JSONValue(content: content, line: line, column: column)
  }

  private mutating func elements(depth: Int) throws(TableError) -> [JSONValue] {
    position += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return [] }
    var elements: [JSONValue] = []
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw error("expected ',' or ']' in an array") }
    }
  }

  private mutating func members(depth: Int) throws(TableError) -> [JSONValue.Member] {
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return [] }
    var members: [JSONValue.Member] = []
    var names: Set<UTF8Text> = []
    while true {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw error("expected a name in quotes") }
      let start = position
      let name = try string()
      guard names.insert(UTF8Text(name)).inserted else {
        position = start
        throw error("the name '\(name)' appears twice in an object")
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("expected ':' after a name") }
      members.append(.init(name: name, value: try value(depth: depth + 1)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw error("expected ',' or '}' in an object") }
    }
  }

  private mutating func word(
    _ word: String, _ content: JSONValue.Content
  ) throws(TableError) -> JSONValue.Content {
    guard bytes[position...].starts(with: word.utf8) else { throw error("expected a value") }
    position += word.utf8.count
    return content
  }

  private mutating func number() throws(TableError) -> String {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(TableError) {
    let start = position
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      position += 1
    }
    guard position > start else { throw error("expected a digit") }
  }

  // MARK: - Strings

  private mutating func string() throws(TableError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        text += String(try escape()).utf8
      case 0..<0x20:
        throw error("control characters in strings must be escaped")
      default:
        text.append(byte)
        position += 1
      }
    }
    position = start
    throw error("quote never closed")
  }

  /// The character after a backslash.
  private mutating func escape() throws(TableError) -> Unicode.Scalar {
    let characters: [UInt8: Unicode.Scalar] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
      UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]
    if let byte = peek(), let character = characters[byte] {
      position += 1
      return character
    }
    guard take(UInt8(ascii: "u")) else { throw error("unknown escape in a string") }
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
    guard UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw error("lone surrogate in a string")
    }
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(second) else { throw error("lone surrogate in a string") }
    let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Four hexadecimal digits.
  private mutating func codeUnit() throws(TableError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard digits.count == 4, isHexadecimal,
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("expected four hexadecimal digits") }
    position += 4
    return unit
  }

  // MARK: - Bytes

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\n"):
        position += 1
        (line, lineStart) = (line + 1, position)
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      default:
        return
      }
    }
  }

  private mutating func checkEncoding() throws(TableError) {
    guard let invalid = bytes.firstInvalidUTF8 else { return }
    for index in 0..<invalid where bytes[index] == UInt8(ascii: "\n") {
      (line, lineStart) = (line + 1, index + 1)
    }
    position = invalid
    throw error("invalid UTF-8")
  }

  private func error(_ problem: String) -> TableError {
    TableError(file: file, line: line, column: position - lineStart + 1, problem: problem)
  }
}
