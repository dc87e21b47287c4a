// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Splits the bytes of a CSV file into rows and fields; knows nothing of headers and widths.
struct CSVScanner: Sendable {
  private enum Byte {
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
  }

  private let bytes: [UInt8]
  private let file: String

  /// The first byte not yet read.
  private var position: Int

  /// The line of that byte, counted from 1.
  private var line = 1

  /// A scanner at the start of `bytes`, after a byte order mark if there is one.
  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Throws if the bytes are not UTF-8 or hold NUL, with the line of the first such byte.
  func checkEncoding() throws(TableError) {
    let nul = bytes.firstIndex(of: 0)
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
    guard position < bytes.count else { return nil }
    let firstLine = line
    var fields: [String] = []
    repeat {
      let isQuoted = position < bytes.count && bytes[position] == Byte.quote
      let column = fields.count + 1
      fields.append(try isQuoted ? quotedField(column) : plainField(column))
    } while try nextField(after: fields.count)
    return CSVRow(line: firstLine, fields: fields)
  }

  /// The field up to the next comma, line end or end of the bytes.
  private mutating func plainField(_ column: Int) throws(TableError) -> String {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Byte.comma || byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
      if byte == Byte.quote {
        throw error(column, "quote inside a field that is not quoted")
      }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The field between the quote here and the one that closes it, doubled quotes made single.
  private mutating func quotedField(_ column: Int) throws(TableError) -> String {
    let firstLine = line
    var field = ""
    position += 1
    var start = position
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Byte.lineFeed { line += 1 }
      guard byte == Byte.quote else { continue }
      let isDoubled = position < bytes.count && bytes[position] == Byte.quote
      // Of a doubled quote the first is kept and the second skipped.
      let end = isDoubled ? position : position - 1
      field += String(decoding: bytes[start..<end], as: UTF8.self)
      guard isDoubled else { return field }
      position += 1
      start = position
    }
    throw TableError(file: file, line: firstLine, column: column, problem: "quote never closed")
  }

  /// Passes the comma (true) or the line end (false) that must stand here after field `column`.
  private mutating func nextField(after column: Int) throws(TableError) -> Bool {
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case Byte.comma:
      position += 1
      return true
    case Byte.carriageReturn:
      position += 1
      guard position < bytes.count, bytes[position] == Byte.lineFeed else {
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
