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
      ("a\u{2028}\u{2029}b", #"a\u{2028}\u{2029}b"#), ("\u{202E}a\u{2066}", #"\u{202E}a\u{2066}"#),
      ("\u{1F468}\u{200D}\u{1F469}", "\u{1F468}\u{200D}\u{1F469}"),
    ])
  func oneLine(text: String, expected: String) { #expect(text.onOneLine == expected) }

  @Test("A long message is shown without its middle")
  func longMessage() {
    let text = String(repeating: "a", count: 1500) + String(repeating: "b", count: 500)
    #expect(text.onOneLine == text)
    let long = text.replacing("ab", with: "a\u{301}\u{301}b")
    #expect(
      long.onOneLine
        == String(repeating: "a", count: 1500) + "..." + String(repeating: "b", count: 500))
  }
}
