// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// A CSV file of class sizes: `label,count`, a class a row, or `count,classes`, a size a row.
enum CountsFile {
  /// The law of the file at `path`.
  ///
  /// - Throws: `FileError`, `TableError` naming line and column, or `LawFileError`.
  static func distribution(of path: String) throws -> LabelDistribution {
    var file = try LawFile(path, headers: ["label,count", "count,classes"])
    var groups: [LabelDistribution.ClassGroup] = []
    let hasLabels = file.header == "label,count"
    while let (first, second) = try file.nextRow() {
      let size: Int
      let classCount: Int
      if hasLabels {
        try file.checkNew(first)
        size = try second.positiveInteger("count")
        classCount = 1
      } else {
        size = try first.positiveInteger("count")
        classCount = try second.positiveInteger("number of classes")
      }
      groups.append(.init(size: size, classCount: classCount))
    }
    guard !groups.isEmpty else { throw file.emptyError }
    do {
      return try LabelDistribution(groups: groups)
    } catch {
      throw LawFileError(file: path, problem: "\(error)")
    }
  }
}
