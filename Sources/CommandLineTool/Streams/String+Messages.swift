// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Text from outside (arguments, files) made fit for a message.
extension String {
  /// The text with control characters as escapes (`\n`, `\u{1B}`), so that a message is one line
  /// and cannot drive the terminal.
  var onOneLine: String {
    let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
    guard unicodeScalars.contains(where: isControl) else { return self }
    return unicodeScalars.reduce(into: "") { result, scalar in
      if isControl(scalar) {
        result += scalar.escaped(asASCII: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// The text, or the beginning of a long one: a file that is no table can have lines of any
  /// length.
  var excerpt: String {
    let limit = 60
    return count <= limit ? self : prefix(limit) + "..."
  }
}
