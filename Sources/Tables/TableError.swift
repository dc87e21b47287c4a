// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// What is wrong with a table that was read, and where: file, line and, where it is known, column.
///
/// Described as `counts.csv:3: expected 2 fields, found 3`, or with a column as
/// `counts.csv:3: column 2: expected an integer, found 'many'`.
public struct TableError: Error, Equatable, Sendable {
  /// The name of the file as the user gave it.
  public let file: String

  /// The line at fault, counted from 1.
  public let line: Int

  /// The field at fault, counted from 1 along its row, or nil if it is not one field.
  public let column: Int?

  /// What is wrong, without a final period.
  public let problem: String

  /// An error that says that there is a `problem` at `line` (and `column`) of `file`.
  public init(file: String, line: Int, column: Int? = nil, problem: String) {
    self.file = file
    self.line = line
    self.column = column
    self.problem = problem
  }
}

extension TableError: CustomStringConvertible {
  /// The error as one line without a final period.
  public var description: String {
    "\(file):\(line): " + (column.map { "column \($0): " } ?? "") + problem
  }
}
