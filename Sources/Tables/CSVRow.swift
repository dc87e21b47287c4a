// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A row of a CSV file as read, with the line it begins on.
public struct CSVRow: Hashable, Sendable {
  /// The line of the file on which the row begins, counted from 1.
  public let line: Int

  /// The fields, unquoted, with all other characters as they are in the file.
  public let fields: [String]
}
