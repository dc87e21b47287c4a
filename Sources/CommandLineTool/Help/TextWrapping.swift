// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Breaks text into lines of a given width.
enum TextWrapping {
  /// Words of `text` in lines of at most `width` characters where words allow; line feeds stay.
  static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      lines(of: paragraph.split(separator: " ").map(String.init), width: width)
    }
  }

  /// `pieces` joined by spaces in lines of at most `width` characters where pieces allow.
  static func lines(of pieces: [String], width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces {
      if line.isEmpty {
        line = piece
      } else if line.count + 1 + piece.count <= width {
        line += " " + piece
      } else {
        lines.append(line)
        line = piece
      }
    }
    return lines + [line]
  }
}
