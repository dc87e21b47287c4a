// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy

/// A CSV file of class sizes: `label,count`, a class a row, or `count,classes`, a size a row,
/// either with a column `copies` if it says how often these classes must come.
enum CountsFile {
  private static let (byLabel, bySize) = (["label", "count"], ["count", "classes"])

  /// The law of the file at `path`, without classes whose count is 0.
  ///
  /// - Throws: `FileError`, `TableError` naming line and column, or `LawFileError`.
  static func law(of path: String, name: String) throws -> NamedLaw {
    var file = try LawFile(path, forms: [byLabel, bySize])
    var groups: [LabelDistribution.ClassGroup] = []
    var copies: [(copies: Int, classCount: Int)] = []
    while let row = try file.nextRow() {
      let hasLabels = file.form == byLabel
      let size = try row.fields[hasLabels ? 1 : 0].wholeNumber(
        "count", advice: ": shares that are not whole go to --probabilities, with --normalize")
      let classCount = hasLabels ? 1 : try row.fields[1].wholeNumber("number of classes")
      guard size > 0, classCount > 0 else {
        try file.leaveOut(row, classCount: classCount)
        continue
      }
      groups.append(.init(size: size, classCount: classCount))
      if let field = row.copies { copies.append((try field.copies(), classCount)) }
    }
    guard !groups.isEmpty else { throw file.emptyError }
    do {
      return NamedLaw(
        name: name, law: try .counts(groups), copies: try file.requirement(copies),
        notes: file.notes("a count of 0"))
    } catch let error as LabelError {
      throw LawFileError(file: FileDescriptor.displayName(of: path), problem: "\(error)")
    }
  }
}
