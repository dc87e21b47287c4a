// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct VocabularyTests {
  @Test func `words are runs of letters, digits and other than ASCII, small where they are ASCII`()
  {
    var vocabulary = Vocabulary()
    #expect(vocabulary.words(of: "The U.S. won, the\\nUS 2-0!") == [0, 1, 2, 3, 0, 4, 5, 6])
    #expect(vocabulary.words(of: "Café CAFÉ café") == [7, 8, 7])
    #expect(vocabulary.words(of: " -- ") == [] && vocabulary.words(of: "") == [])
    #expect(vocabulary.count == 9)
    #expect(vocabulary.number(of: "the") == 0 && vocabulary.number(of: "The") == nil)
  }

  @Test func `hashes are FNV-1a of the bytes of a word`() {
    var vocabulary = Vocabulary()
    // Of the algorithm's published test vectors.
    _ = vocabulary.words(of: "A foobar")
    #expect(vocabulary.hashes == [0xAF63_DC4C_8601_EC8C, 0x8594_4171_F739_67E8])
    #expect(FNV1a().value == 0xCBF2_9CE4_8422_2325)
  }
}
