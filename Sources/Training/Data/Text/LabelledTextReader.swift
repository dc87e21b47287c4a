// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// Reads texts and their classes from CSV files, with a header or without one.
///
/// A first line is a header if one of its fields is a usual name of a column of classes and another
/// one of a column of texts, in upper or lower case. Then columns are found by these names, in any
/// order and with any others; several of texts are joined. Without a header the class is the first
/// field, and all others are the text.
enum LabelledTextReader {
  /// Names that columns of classes have.
  static let labelNames = [
    "label", "labels", "class", "class index", "class_index", "class_label", "category", "intent",
    "target", "topic",
  ]

  /// Names that columns of texts have.
  static let textNames = [
    "text", "texts", "title", "description", "sentence", "content", "question", "query",
    "utterance", "review", "document", "body", "headline",
  ]

  /// The texts of a file.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: Its name, for messages.
  ///   - required: The names of the columns of the class and the text, if there must be a header
  ///     with these; nil if any is taken, or none.
  /// - Throws: `TableError` naming the line and field that are malformed.
  static func read(
    _ bytes: [UInt8], file: String, required: (label: String, text: String)? = nil
  ) throws(TableError) -> [LabelledText] {
    var reader = try CSVReader(bytes, file: file)
    let names = reader.columnNames
    var labels = names.indices.filter { labelNames.contains(names[$0]) }
    var texts = names.indices.filter { textNames.contains(names[$0]) }
    if let required {
      let columns = try reader.columns(required: [required.label, required.text])
      labels = [columns[required.label] ?? 0]
      texts = [columns[required.text] ?? 0]
    }
    guard !labels.isEmpty, !texts.isEmpty else {
      guard names.count >= 2 else {
        throw TableError(
          file: file, line: reader.header.line,
          problem: "expected at least 2 fields, a class and a text, found 1")
      }
      return try self.texts(
        [reader.header] + reader.remainingRows(), label: 0, texts: Array(names.indices.dropFirst()),
        file: file)
    }
    guard labels.count == 1 else {
      let list = labels.map { "'\(reader.header.fields[$0])'" }.joined(separator: " and ")
      throw TableError(
        file: file, line: reader.header.line,
        problem: "the columns \(list) can all be the class: keep one of them")
    }
    return try self.texts(reader.remainingRows(), label: labels[0], texts: texts, file: file)
  }

  private static func texts(
    _ rows: [CSVRow], label: Int, texts: [Int], file: String
  ) throws(TableError) -> [LabelledText] {
    try rows.map { row throws(TableError) in
      let name = row.fields[label]
      guard !name.isEmpty else {
        throw TableError(
          file: file, line: row.line, column: label + 1,
          problem: "expected the name of a class, found ''")
      }
      let text = texts.map { row.fields[$0] }.joined(separator: " ")
      return LabelledText(text: text, label: name, line: row.line)
    }
  }
}
