// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy

/// A CSV file of class sizes: `label,count`, a class a row, or `count,classes`, a size a row,
/// either with a column `copies` that says how often these classes must come.
enum CountsFile {
  /// The law of the file at `path`.
  ///
  /// - Throws: `FileError`, `TableError` naming line and column, or `LawFileError`.
  static func law(of path: String, name: String) throws -> NamedLaw {
    var file = try LawFile(path, headers: ["label,count", "count,classes"])
    var groups: [LabelDistribution.ClassGroup] = []
    var copies: [(copies: Int, classCount: Int)] = []
    let hasLabels = file.header == "label,count"
    while let row = try file.nextRow() {
      let size: Int
      let classCount: Int
      if hasLabels {
        try file.checkNew(row.first)
        size = try row.second.positiveInteger("count")
        classCount = 1
      } else {
        size = try row.first.positiveInteger("count")
        classCount = try row.second.positiveInteger("number of classes")
      }
      groups.append(.init(size: size, classCount: classCount))
      if let field = row.copies { copies.append((try field.copies(), classCount)) }
    }
    guard !groups.isEmpty else { throw file.emptyError }
    do {
      return NamedLaw(
        name: name, law: try .counts(groups), copies: try file.requirement(copies))
    } catch let error as LabelError {
      throw LawFileError(file: path, problem: "\(error)")
    }
  }
}
