// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Text from outside (arguments, files) made fit for a message.
extension String {
  /// The text with control characters, line separators, marks of writing direction and what is no
  /// character (U+FFFE, U+FFFF, which XML does not allow) as escapes
  /// (`\n`, `\u{202E}`), and without the middle of a long one: a message is one line that shows what
  /// it says and cannot drive the terminal.
  var onOneLine: String {
    let (head, tail) = (1500, 500)
    let isLong = unicodeScalars.count > head + tail
    guard isLong || unicodeScalars.contains(where: Self.mustBeEscaped) else { return self }
    let parts =
      isLong ? [unicodeScalars.prefix(head), unicodeScalars.suffix(tail)] : [unicodeScalars[...]]
    return parts.map { part in
      part.reduce(into: "") { result, scalar in
        if Self.mustBeEscaped(scalar) {
          result += scalar.escaped(asASCII: true)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }.joined(separator: "...")
  }

  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .unassigned: scalar.properties.isNoncharacterCodePoint
    case .format: scalar.properties.isBidiControl
    default: false
    }
  }
}
