// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import CommandLineTool

@Suite struct EditDistanceTests {
  @Test(
    "The distance counts insertions, deletions and substitutions",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "abd", 1),
      ("abc", "ac", 1), ("ac", "abc", 1), ("kitten", "sitting", 3), ("saturday", "sunday", 3),
      ("ab", "ba", 2),
    ])
  func distance(a: String, b: String, expected: Int) {
    #expect(EditDistance.between(a, b) == expected)
    #expect(EditDistance.between(b, a) == expected)
  }

  @Test("The closest candidate is suggested")
  func closest() {
    #expect(EditDistance.suggestion(for: "--drws", among: ["--digits", "--draws"]) == "--draws")
    #expect(
      EditDistance.suggestion(for: "cifar10", among: ["cifar-100", "cifar-10"]) == "cifar-10")
  }

  @Test("Of equally close candidates the first is suggested")
  func tie() {
    #expect(EditDistance.suggestion(for: "bat", among: ["cat", "rat"]) == "cat")
  }

  @Test("Words at a distance of four or more are not suggested")
  func far() {
    #expect(EditDistance.suggestion(for: "--draws", among: ["--format"]) == nil)
    #expect(EditDistance.suggestion(for: "abcdefgh", among: ["abcd"]) == nil)
    #expect(EditDistance.suggestion(for: "abcdefg", among: ["abcd"]) == "abcd")
  }

  @Test("A short word is not taken for one that shares no letter with it")
  func short() {
    #expect(EditDistance.suggestion(for: "x", among: ["a"]) == nil)
    #expect(EditDistance.suggestion(for: "", among: ["a"]) == nil)
  }
}
