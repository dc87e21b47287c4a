// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The words of a corpus, numbered in the order in which they first stand in it.
///
/// A word is a longest run of ASCII letters, ASCII digits and other than ASCII characters; ASCII
/// letters are taken as small. The same bytes give the same words on every platform: no tables of
/// Unicode are asked.
struct Vocabulary: Sendable {
  /// The hash of each word (FNV-1a of its bytes).
  private(set) var hashes: [UInt64] = []
  private var numbers: [[UInt8]: Int32] = [:]

  /// How many words there are.
  var count: Int { hashes.count }

  /// The words of a text as numbers; new words are added.
  mutating func words(of text: String) -> [Int32] {
    var words: [Int32] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        word.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        word.append(byte)
      default:
        if !word.isEmpty { words.append(number(of: word)) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(number(of: word)) }
    return words
  }

  private mutating func number(of word: [UInt8]) -> Int32 {
    if let number = numbers[word] { return number }
    var hash = FNV1a()
    for byte in word { hash.add(byte) }
    hashes.append(hash.value)
    let number = Int32(hashes.count - 1)
    numbers[word] = number
    return number
  }

  /// The number of a word; nil if it is not in the corpus.
  func number(of word: String) -> Int32? { numbers[Array(word.utf8)] }
}
