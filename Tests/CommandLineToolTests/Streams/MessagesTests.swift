// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct MessagesTests {
  @Test(
    "Control characters are shown as escapes, all other text as it is",
    arguments: [
      ("", ""), ("plain é ∞", "plain é ∞"), ("a\nb", #"a\nb"#), ("a\r\nb", #"a\r\nb"#),
      ("\u{1B}[2J", #"\u{1B}[2J"#), ("\u{7F}\u{9B}", #"\u{7F}\u{009B}"#),
    ])
  func oneLine(text: String, expected: String) { #expect(text.onOneLine == expected) }

  @Test("Long text is shown by its beginning")
  func excerpt() {
    let text = String(repeating: "ab", count: 30)
    #expect(text.excerpt == text)
    #expect((text + "c").excerpt == text + "...")
  }
}
