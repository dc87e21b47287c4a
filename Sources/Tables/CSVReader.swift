// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Reads comma-separated values (RFC 4180) row by row, in the forms that programs and people write.
///
///     var reader = try CSVReader(bytes, file: "counts.csv")
///     while let row = try reader.nextRow() { ... }
///
/// Lines end in LF or CRLF, the last one optionally; fields may be quoted; a byte order mark at the
/// start is skipped. Fields are separated by commas, or by semicolons or tabs if one of these is
/// the first separator in the first line. Spaces around a field are not part of it unless they are
/// quoted, and lines at the end that have nothing but spaces and separators are no rows. The first
/// row is available as `header` whether or not it holds names: that is for the caller to decide. An
/// empty line elsewhere is a row of one empty field.
///
/// Rejected, with the line: an empty file, invalid UTF-8 and NUL anywhere (before any row is read),
/// a quote inside an unquoted field, text after a closing quote, a quote never closed, a carriage
/// return outside quotes without a line feed, and rows whose number of fields is not the header's.
///
/// Memory beyond the file's bytes is one row.
///
/// Reference: Y. Shafranovich, *Common Format and MIME Type for Comma-Separated Values (CSV)
/// Files*, RFC 4180, 2005.
public struct CSVReader: Sendable {
  /// The name of the file, for messages.
  public let file: String

  /// The first row of the file.
  public let header: CSVRow

  private var scanner: CSVScanner

  /// Whether fields are separated by semicolons, as by programs that write decimal commas.
  var isSeparatedBySemicolons: Bool { scanner.separator == UInt8(ascii: ";") }

  /// A reader of `bytes`, placed after the first row.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: The name of the file, for messages.
  /// - Throws: `TableError` if the file is empty, not UTF-8, holds NUL, or its first row is
  ///   malformed.
  public init(_ bytes: [UInt8], file: String) throws(TableError) {
    self.file = file
    scanner = CSVScanner(bytes: bytes, file: file)
    try scanner.checkEncoding()
    guard let first = try scanner.nextRow() else {
      throw TableError(file: file, line: 1, problem: "the file is empty")
    }
    header = first
  }

  /// A reader of `text`, placed after the first row.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - file: The name of the file, for messages.
  /// - Throws: `TableError` if the text is empty, holds NUL, or its first row is malformed.
  public init(_ text: String, file: String) throws(TableError) {
    try self.init(Array(text.utf8), file: file)
  }

  /// The next row after the header, or nil at the end of the file.
  ///
  /// - Throws: `TableError` if the row is malformed or its number of fields is not the header's;
  ///   the reader is not to be used after that.
  public mutating func nextRow() throws(TableError) -> CSVRow? {
    guard let row = try scanner.nextRow() else { return nil }
    let expected = header.fields.count
    guard row.fields.count == expected else {
      let found = row.fields == [""] ? "an empty line: remove it" : "\(row.fields.count)"
      let noun = expected == 1 ? "field" : "fields"
      throw TableError(
        file: file, line: row.line, problem: "expected \(expected) \(noun), found \(found)")
    }
    return row
  }

  /// All rows that have not been read yet.
  ///
  /// - Throws: `TableError` as `nextRow()`.
  public mutating func remainingRows() throws(TableError) -> [CSVRow] {
    var rows: [CSVRow] = []
    while let row = try nextRow() { rows.append(row) }
    return rows
  }
}
