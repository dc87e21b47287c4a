// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CSVReader {
  /// The names of the columns as they are compared: in lower case.
  public var columnNames: [String] { header.fields.map(Self.folded) }

  /// A name in lower case; letters other than those of ASCII are as they are.
  private static func folded(_ name: String) -> String {
    let isUpper = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    return String(decoding: name.utf8.map { isUpper($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// Where the columns of some names are: in any order, in upper or lower case, and with any others
  /// between them.
  ///
  /// - Parameters:
  ///   - names: Names that may be there, in lower case.
  ///   - required: Names that must be there.
  /// - Returns: The index of each of these columns that is there.
  /// - Throws: `TableError` naming all columns that are missing, or the first of these names that
  ///   stands twice.
  public func columns(
    named names: [String] = [], required: [String]
  ) throws(TableError) -> [String: Int] {
    let wanted = Set(names + required)
    var indices: [String: Int] = [:]
    for (index, name) in columnNames.enumerated() where wanted.contains(name) {
      guard indices.updateValue(index, forKey: name) == nil else {
        throw TableError(
          file: file, line: header.line, column: index + 1,
          problem: "the column '\(name)' appears twice")
      }
    }
    let missing = required.filter { indices[$0] == nil }
    if missing.isEmpty { return indices }
    let quoted = missing.map { "'\($0)'" }
    let problem =
      quoted.count == 1
      ? "the column \(quoted[0]) is missing"
      : "the columns \(quoted.joined(separator: ", ")) are missing"
    throw TableError(file: file, line: header.line, problem: problem + headerAdvice)
  }

  /// What is odd about a header in which columns are missing, to follow a message; empty if it only
  /// has other names.
  public var headerAdvice: String {
    let names = header.fields
    if names.count == 1, names[0].utf8.split(separator: UInt8(ascii: " ")).count > 1 {
      return ": the first line has one name with spaces; an aligned table is written as CSV by "
        + "'--format csv'"
    }
    if names.contains(where: { Double($0) != nil }) {
      return ": the first line must name the columns, and has numbers"
    }
    return ""
  }

  /// A number in a field as programs read it: without commas between groups of three digits.
  ///
  /// Where fields are separated by semicolons, `1,000` and `1.000` can mean 1 or 1000: that is
  /// refused, as is a decimal comma.
  ///
  /// - Throws: `TableError` for a number that can mean two.
  public func number(in row: CSVRow, column: Int) throws(TableError) -> String {
    let text = row.fields[column]
    func failure(_ problem: String) -> TableError {
      TableError(file: file, line: row.line, column: column + 1, problem: problem)
    }
    let isAmbiguous = isSeparatedBySemicolons
    if isAmbiguous, Self.isGrouped(text, by: ".") || Self.isGrouped(text, by: ",") {
      throw failure(
        "'\(text)' can mean a thousand times as much where semicolons separate fields: write the "
          + "number without groups, or with one digit after the point")
    }
    guard text.utf8.contains(UInt8(ascii: ",")) else { return text }
    let point = text.firstIndex { $0 == "." || $0 == "e" || $0 == "E" } ?? text.endIndex
    guard Self.isGrouped(text[..<point], by: ",") else {
      throw failure(
        "expected a number, found '\(text.prefix(60))': write a point before decimals, and commas "
          + "between groups of three digits only")
    }
    return text[..<point].filter { $0 != "," } + text[point...]
  }

  /// Whether a text is of at least two groups of three digits, the first of one to three that does
  /// not begin with 0.
  private static func isGrouped(_ text: some StringProtocol, by separator: Character) -> Bool {
    guard text.utf8.count < 100 else { return false }
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    let groups = digits.split(separator: separator, omittingEmptySubsequences: false)
    guard groups.count >= 2, groups.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return false }
    return (1...3).contains(groups[0].utf8.count) && groups[0].first != "0"
      && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
  }
}
