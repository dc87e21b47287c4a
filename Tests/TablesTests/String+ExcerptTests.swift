// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct StringExcerptTests {
  @Test func `a long text is cut after 60 scalars, whatever its characters are`() {
    let sixty = String(repeating: "x", count: 60)
    #expect("".excerpt == "" && sixty.excerpt == sixty)
    #expect((sixty + "x").excerpt == sixty + "...")
    let marks = "a" + String(repeating: "\u{301}", count: 400_000)
    #expect(marks.count == 1 && marks.excerpt.unicodeScalars.count == 63)
  }
}
