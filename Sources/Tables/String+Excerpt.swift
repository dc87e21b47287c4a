// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension String {
  /// The text, or the beginning of a long one, for a message: a file that is no table can have
  /// lines of any length. Scalars are counted, for a character can have any number of them.
  package var excerpt: String {
    let limit = 60
    guard
      let end = unicodeScalars.index(
        unicodeScalars.startIndex, offsetBy: limit, limitedBy: unicodeScalars.endIndex),
      end < unicodeScalars.endIndex
    else { return self }
    return String(unicodeScalars[..<end]) + "..."
  }
}
