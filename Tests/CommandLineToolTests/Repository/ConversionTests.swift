// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

/// `Int(_:)` of a `Double` ends the program where the number is too large.
@Suite struct ConversionTests {
  /// What makes a number a `Double` on sight.
  private static let signs = [
    ".rounded(", "log", "exp", "squareRoot", "Double(", "e9", "e1", "0x1p", "0.", "cost", "econds",
    " / ", "min(", "max(",
  ]

  @Test func `no estimate is converted to an integer unclamped`() throws {
    // Kernels convert what they have bounded themselves, and the arithmetic sizes of what is in
    // memory.
    let files = Repository.files(in: "Sources", endingIn: ".swift").filter { file in
      !["Kernels", "Benchmarks", "ArbitraryPrecision"].contains {
        file.hasPrefix("Sources/" + $0)
      }
    }
    #expect(files.count > 200)
    var found: [String] = []
    for file in files {
      for line in try Repository.lines(of: file) {
        let parts =
          line.split(separator: " Int(").dropFirst() + line.split(separator: "(Int(").dropFirst()
        for part in parts {
          let argument = Self.argument(part)
          // Labelled, of a text, or the exponent of a number.
          guard ![": ", "$0", ".exponent", "max(0, size)"].contains(where: argument.contains) else {
            continue
          }
          if Self.signs.contains(where: argument.contains) {
            found.append("\(file): \(line)")
          }
        }
      }
    }
    #expect(found == [])
  }

  /// The text up to the parenthesis that closes it.
  private static func argument(_ text: Substring) -> Substring {
    var depth = 1
    return text.prefix {
      depth += $0 == "(" ? 1 : $0 == ")" ? -1 : 0
      return depth > 0
    }
  }
}
