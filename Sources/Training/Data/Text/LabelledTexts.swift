// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// Texts as words of one vocabulary, with their labels.
struct LabelledTexts: ItemSource {
  /// The hash of each word of the vocabulary.
  let hashes: [UInt64]
  let neighbours: WordNeighbours
  /// The words of all texts one after another.
  private let words: [Int32]
  /// Where each text begins, and where the last one ends.
  private let starts: [Int]
  let labels: [Int]
  let inputWidth: Int

  /// Texts.
  ///
  /// - Parameters:
  ///   - texts: The words of each, cut after `TextFeatures.wordLimit`.
  ///   - inputWidth: Of rows that hold the longest text.
  init(
    texts: [ArraySlice<Int32>], labels: [Int], hashes: [UInt64], neighbours: WordNeighbours,
    inputWidth: Int
  ) {
    precondition(texts.count == labels.count, "\(texts.count) texts, \(labels.count) labels")
    self.hashes = hashes
    self.neighbours = neighbours
    self.labels = labels
    self.inputWidth = inputWidth
    var starts = [0]
    for text in texts { starts.append(starts[starts.count - 1] + text.count) }
    self.starts = starts
    words = Array(texts.joined())
  }

  var rowShape: ImageShape { ImageShape(height: 1, width: inputWidth, channels: 1) }

  var byteCount: Int { 4 * words.count + 16 * count + 8 * hashes.count }

  /// The words of a text.
  subscript(item: Int) -> ArraySlice<Int32> { words[starts[item]..<starts[item + 1]] }

  func writeView(
    of item: Int, augmentation: Augmentation, generator: inout SplitMix64, into row: FloatVector
  ) {
    let words = augmentation.words.apply(
      to: self[item], neighbours: neighbours, generator: &generator)
    TextFeatures.write(words.map { hashes[Int($0)] }, into: row)
  }

  func write(_ item: Int, into row: FloatVector) {
    TextFeatures.write(self[item].map { hashes[Int($0)] }, into: row)
  }

  func choosing(_ indices: [Int]) -> any ItemSource {
    LabelledTexts(
      texts: indices.map { self[$0] }, labels: indices.map { labels[$0] }, hashes: hashes,
      neighbours: neighbours, inputWidth: inputWidth)
  }

  func add(to hash: inout FNV1a) {
    for item in 0..<count {
      hash.add(self[item].count)
      for word in self[item] {
        hash.add(Int(truncatingIfNeeded: hashes[Int(word)]))
        hash.add(Int(truncatingIfNeeded: hashes[Int(word)] >> 32))
      }
    }
  }
}
