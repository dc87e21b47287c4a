// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Randomness

/// How much a view of a text may differ from the text: words are erased, others replaced.
public struct WordAugmentation: Hashable, Sendable {
  /// The probability that a word is left out, in 0 ..< 1. A text that would lose all its words
  /// keeps one.
  public var erasure = 0.0

  /// The probability that a word that stays is replaced by one of its neighbours in the corpus, in
  /// 0 ... 1. Words that are too rare to have neighbours stay as they are.
  public var replacement = 0.0

  /// No augmentation: all views of a text are the text.
  public init() {}

  /// Draws the words of a view.
  ///
  /// For every word one number for erasing; for every word that stays one for replacing and, if it
  /// is replaced, one for its neighbour.
  func apply(
    to words: ArraySlice<Int32>, neighbours: WordNeighbours, generator: inout SplitMix64
  ) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(words.count)
    for word in words where generator.unit() >= erasure {
      let isReplaced = generator.unit() < replacement
      let list = neighbours[word]
      result.append(
        isReplaced && !list.isEmpty
          ? list[list.startIndex + generator.index(below: list.count)] : word)
    }
    if result.isEmpty && !words.isEmpty {
      result.append(words[words.startIndex + generator.index(below: words.count)])
    }
    return result
  }
}
