// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct TextWrappingTests {
  @Test("Words fill lines up to the width, which only a longer word exceeds")
  func width() {
    #expect(TextWrapping.lines("aa bb cc", width: 5) == ["aa bb", "cc"])
    #expect(TextWrapping.lines("aa bb cc", width: 8) == ["aa bb cc"])
    #expect(TextWrapping.lines("aaaaaaa bb", width: 5) == ["aaaaaaa", "bb"])
    #expect(TextWrapping.lines("", width: 5) == [""])
  }

  @Test("Line feeds stay")
  func paragraphs() {
    #expect(TextWrapping.lines("aa\n\nbb cc", width: 4) == ["aa", "", "bb", "cc"])
  }

  @Test("Pieces are not broken at their spaces")
  func pieces() {
    #expect(TextWrapping.lines(of: ["a b", "c d", "e"], width: 7) == ["a b c d", "e"])
    #expect(TextWrapping.lines(of: ["a b", "c d", "e"], width: 6) == ["a b", "c d e"])
  }
}
