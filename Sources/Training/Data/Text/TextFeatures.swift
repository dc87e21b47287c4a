// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A text as a row of floats: how many features it has, then their hashes.
///
/// Features are the words and the pairs of neighbouring words, each hashed to 24 bits, which a
/// float holds exactly. An embedding takes a hash modulo its number of rows.
///
/// Reference: A. Joulin, E. Grave, P. Bojanowski and T. Mikolov, *Bag of tricks for efficient text
/// classification*, EACL 2017, arXiv 1607.01759.
enum TextFeatures {
  /// Words of a text after these are left out.
  static let wordLimit = 256

  /// Floats in a row for texts of at most `wordCount` words.
  static func rowWidth(wordCount: Int) -> Int { 1 + max(1, 2 * min(wordCount, wordLimit) - 1) }

  /// Writes the features of a text.
  ///
  /// - Parameters:
  ///   - hashes: Of its words, in order; at most so many that the row holds their features.
  ///   - row: Receives the count and the features; what follows them keeps its values.
  static func write(_ hashes: [UInt64], into row: FloatVector) {
    let pairCount = max(0, hashes.count - 1)
    precondition(hashes.count + pairCount < row.count, "a row for \(hashes.count) words")
    row[0] = Float(hashes.count + pairCount)
    for (index, hash) in hashes.enumerated() {
      row[1 + index] = feature(hash)
      if index > 0 { row[hashes.count + index] = feature(pair(hashes[index - 1], hash)) }
    }
  }

  /// 24 bits of a hash.
  private static func feature(_ hash: UInt64) -> Float { Float((hash ^ hash >> 32) & 0xFF_FFFF) }

  /// A hash of a pair: two that differ in a word or in the order differ almost surely.
  private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let hash = (first &* 0x9E37_79B9_7F4A_7C15 &+ second) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
  }
}
