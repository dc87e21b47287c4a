// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Tables
import Testing

@Suite struct UTF8TextTests {
  @Test func `texts are equal if their bytes are, also where Swift's strings are equal`() {
    let (one, two) = ("\u{E9}", "e\u{301}")
    #expect(one == two && UTF8Text(one) != UTF8Text(two))
    #expect(Set([UTF8Text(one), UTF8Text(two), UTF8Text(one)]).count == 2)
    #expect(UTF8Text("a") == UTF8Text("a") && UTF8Text("a") != UTF8Text("ab"))
  }

  @Test func `order is that of the bytes`() {
    let texts = ["b", "", "ab", "a", "\u{E9}", "e\u{301}", "Z"].map { UTF8Text($0) }
    #expect(texts.sorted().map(\.text.utf8.count) == [0, 1, 1, 2, 1, 3, 2])
    #expect("\(texts.sorted()[1])" == "Z")
  }
}
