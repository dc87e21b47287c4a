// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Prints a table for people: columns aligned, two spaces between them, names in the first line.
///
/// A column with text in it is aligned to the left, all others to the right. Widths count
/// characters. Control characters are printed as escapes (`\n`, `\u{1B}`), so that no label can
/// break a line or drive the terminal. No line ends in a space.
///
/// The widths must be known before the first line is printed, so rows are held back: all of them
/// up to `bufferedRowLimit`, whose widths then serve for the rows that follow. A later field too
/// wide for its column pushes the rest of its line to the right. Memory does not grow with the
/// number of rows beyond that limit.
public struct AlignedTextWriter: TableWriter {
  private struct Column {
    var width: Int
    var isText = false
    /// Whether a row has something in it.
    var isUsed = false
  }

  /// The number of rows held back before printing starts.
  public static let defaultBufferedRowLimit = 10_000

  private let sink: TextSink
  private let bufferedRowLimit: Int
  private let omitsEmptyColumns: Bool
  private var progress = TableProgress()
  private var names: [String] = []
  private var columns: [Column] = []
  private var buffer: [[String]] = []
  private var isStreaming = false

  /// A writer that hands its text to `sink`.
  ///
  /// - Parameters:
  ///   - bufferedRowLimit: Number of rows that decide the widths, at least 0.
  ///   - omitsEmptyColumns: Whether columns without anything in any row are left out, if no more
  ///     rows come than are held back.
  ///   - sink: Where the text goes, one line at a time.
  public init(
    bufferedRowLimit: Int = Self.defaultBufferedRowLimit, omitsEmptyColumns: Bool = false,
    sink: @escaping TextSink
  ) {
    precondition(bufferedRowLimit >= 0, "a number of rows is not negative")
    self.bufferedRowLimit = bufferedRowLimit
    self.omitsEmptyColumns = omitsEmptyColumns
    self.sink = sink
  }

  /// Takes the names of the columns; nothing is written yet.
  public mutating func begin(columns names: [String]) throws {
    progress.begin(columnCount: names.count)
    self.names = names.map(Self.printable)
    columns = self.names.map { Column(width: $0.count) }
  }

  /// Holds the row back, or writes it once the widths are settled.
  public mutating func append(row: [TableField]) throws {
    progress.append(fieldCount: row.count)
    let fields = row.map { Self.printable($0.description) }
    if !isStreaming, buffer.count == bufferedRowLimit { try startStreaming() }
    if isStreaming { return try sink(line(fields)) }
    for index in columns.indices {
      columns[index].width = max(columns[index].width, fields[index].count)
      if !fields[index].isEmpty { columns[index].isUsed = true }
      if case .text = row[index] { columns[index].isText = true }
    }
    buffer.append(fields)
  }

  /// Writes the rows held back.
  public mutating func finish() throws {
    progress.finish()
    guard !isStreaming else { return }
    if omitsEmptyColumns, !buffer.isEmpty { omitEmptyColumns() }
    try startStreaming()
  }

  private mutating func omitEmptyColumns() {
    let used = columns.indices.filter { columns[$0].isUsed }
    names = used.map { names[$0] }
    buffer = buffer.map { row in used.map { row[$0] } }
    columns = used.map { columns[$0] }
  }

  private mutating func startStreaming() throws {
    isStreaming = true
    try sink(line(names))
    for row in buffer { try sink(line(row)) }
    buffer = []
  }

  private func line(_ fields: [String]) -> String {
    var line = ""
    for (index, field) in fields.enumerated() {
      let padding = String(repeating: " ", count: max(0, columns[index].width - field.count))
      if index > 0 { line += "  " }
      line += columns[index].isText ? field + padding : padding + field
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private static func printable(_ text: String) -> String {
    let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if isControl(scalar) {
        result += scalar.escaped(asASCII: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
}
