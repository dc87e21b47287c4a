// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A well-formed CSV file that is not what it should be as a whole: a label law, or measurements of
/// possible settings.
struct LawFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  let file: String
  /// What is wrong, without a final period.
  let problem: String

  /// One line: `counts.csv: there are no classes`.
  var description: String { "\(file): \(problem)" }
}
