// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Splits the bytes of a CSV file into rows and fields; knows nothing of headers and widths.
struct CSVScanner: Sendable {
  private enum Byte {
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
  }

  private let bytes: [UInt8]
  private let file: String
  /// Where blank lines begin that end the file, or where the file ends.
  private let end: Int
  /// What stands between two fields: a comma, a semicolon or a tab.
  let separator: UInt8

  /// The first byte not yet read.
  private var position: Int

  /// The line of that byte, counted from 1.
  private var line = 1

  /// A scanner at the start of `bytes`, after a byte order mark if there is one.
  ///
  /// The separator is the first of comma, semicolon and tab that stands outside quotes in the first
  /// line, a comma if there is none.
  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let separator = Self.separator(of: bytes[start...])
    self.separator = separator
    end = Self.end(of: bytes, from: start, separator: separator)
    position = start
  }

  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var isQuoted = false
    for byte in bytes {
      switch byte {
      case Byte.quote: isQuoted.toggle()
      case Byte.comma, Byte.semicolon, Byte.tab: if !isQuoted { return byte }
      case Byte.lineFeed: if !isQuoted { return Byte.comma }
      default: break
      }
    }
    return Byte.comma
  }

  /// Where the last line ends that has more than spaces and separators.
  private static func end(of bytes: [UInt8], from start: Int, separator: UInt8) -> Int {
    var end = bytes.count
    var index = bytes.count
    while index > start {
      index -= 1
      switch bytes[index] {
      case Byte.lineFeed: end = index + 1
      case Byte.carriageReturn where index + 1 < bytes.count && bytes[index + 1] == Byte.lineFeed:
        break
      case separator, Byte.space, Byte.tab: break
      default: return end
      }
    }
    return start
  }

  /// Throws if the bytes are not UTF-8 or hold NUL, with the line of the first such byte.
  func checkEncoding() throws(TableError) {
    let nul = bytes.firstIndex(of: 0)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw encodingError(at: 0, "this is UTF-16: save it as UTF-8")
    }
    if let invalid = bytes.firstInvalidUTF8, invalid < nul ?? bytes.count {
      let value = String(bytes[invalid], radix: 16, uppercase: true)
      throw encodingError(at: invalid, "invalid UTF-8 (byte 0x\(value))")
    }
    if let nul { throw encodingError(at: nul, "invalid character NUL") }
  }

  private func encodingError(at offset: Int, _ problem: String) -> TableError {
    let line = bytes[..<offset].count { $0 == Byte.lineFeed } + 1
    return TableError(file: file, line: line, problem: problem)
  }

  /// The next row, of at least one field, or nil at the end of the bytes.
  mutating func nextRow() throws(TableError) -> CSVRow? {
    guard position < end else { return nil }
    let firstLine = line
    var fields: [String] = []
    repeat {
      skipSpace()
      let isQuoted = position < end && bytes[position] == Byte.quote
      let column = fields.count + 1
      fields.append(try isQuoted ? quotedField(column) : plainField(column))
    } while try nextField(after: fields.count)
    return CSVRow(line: firstLine, fields: fields)
  }

  /// Passes spaces, and tabs that separate no fields.
  private mutating func skipSpace() {
    while position < end, isSpace(bytes[position]) { position += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.tab && separator != Byte.tab
  }

  /// The field up to the next separator, line end or end of the bytes, without spaces at its end.
  private mutating func plainField(_ column: Int) throws(TableError) -> String {
    let start = position
    while position < end {
      let byte = bytes[position]
      if byte == separator || byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
      if byte == Byte.quote {
        throw error(
          column,
          "quote inside a field that is not quoted: put the field in quotes, and double those in it"
        )
      }
      position += 1
    }
    var last = position
    while last > start, isSpace(bytes[last - 1]) { last -= 1 }
    return String(decoding: bytes[start..<last], as: UTF8.self)
  }

  /// The field between the quote here and the one that closes it, doubled quotes made single.
  private mutating func quotedField(_ column: Int) throws(TableError) -> String {
    let firstLine = line
    var field = ""
    position += 1
    var start = position
    while position < end {
      let byte = bytes[position]
      position += 1
      if byte == Byte.lineFeed { line += 1 }
      guard byte == Byte.quote else { continue }
      let isDoubled = position < end && bytes[position] == Byte.quote
      // Of a doubled quote the first is kept and the second skipped.
      let last = isDoubled ? position : position - 1
      field += String(decoding: bytes[start..<last], as: UTF8.self)
      guard isDoubled else {
        skipSpace()
        return field
      }
      position += 1
      start = position
    }
    throw TableError(file: file, line: firstLine, column: column, problem: "quote never closed")
  }

  /// Passes the separator (true) or the line end (false) that must stand here after field `column`.
  private mutating func nextField(after column: Int) throws(TableError) -> Bool {
    guard position < end else { return false }
    switch bytes[position] {
    case separator:
      position += 1
      return true
    case Byte.carriageReturn:
      position += 1
      guard position < end, bytes[position] == Byte.lineFeed else {
        throw error(column, "carriage return without a line feed")
      }
    case Byte.lineFeed:
      break
    default:
      throw error(column, "text after the closing quote")
    }
    position += 1
    line += 1
    return false
  }

  private func error(_ column: Int, _ problem: String) -> TableError {
    TableError(file: file, line: line, column: column, problem: problem)
  }
}
