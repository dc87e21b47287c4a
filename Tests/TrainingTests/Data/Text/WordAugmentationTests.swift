// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct WordAugmentationTests {
  private let words: [Int32] = Array(0..<20)
  /// Words 0 to 3 have neighbours, the others do not occur.
  private let neighbours = WordNeighbours(
    texts: (0..<20).map { [2, Int32($0 % 2), 3] }, wordCount: 20)

  private func view(_ augmentation: WordAugmentation, key: UInt64) -> [Int32] {
    var generator = SplitMix64(keys: RandomTests.seed, key)
    return augmentation.apply(to: words[...], neighbours: neighbours, generator: &generator)
  }

  @Test func `without augmentation a view is the text`() {
    #expect(view(WordAugmentation(), key: 1) == words)
  }

  @Test func `words are erased with their probability, the others stay in order`() {
    var augmentation = WordAugmentation()
    augmentation.erasure = 0.3
    var kept = 0
    for key in 0..<500 as Range<UInt64> {
      let view = view(augmentation, key: key)
      #expect(view == view.sorted() && Set(view).count == view.count)
      kept += view.count
    }
    // 7000 of 10,000 with a standard deviation of 46.
    #expect(abs(kept - 7000) < 300, "seed \(RandomTests.seed)")
  }

  @Test func `a text that would lose all words keeps one, any of them`() {
    var augmentation = WordAugmentation()
    augmentation.erasure = 0.9999
    let views = (0..<200 as Range<UInt64>).map { view(augmentation, key: $0) }
    #expect(views.allSatisfy { $0.count == 1 })
    #expect(Set(views.joined()).count > 15)
    var generator = SplitMix64(seed: 1)
    #expect(
      augmentation.apply(to: [], neighbours: neighbours, generator: &generator).isEmpty)
  }

  @Test func `words that have neighbours are replaced by them, others stay`() {
    var augmentation = WordAugmentation()
    augmentation.replacement = 1
    let view = view(augmentation, key: 3)
    for word in words[..<4] {
      #expect(neighbours[word].contains(view[Int(word)]) && view[Int(word)] != word)
    }
    #expect(Array(view[4...]) == Array(words[4...]))
    augmentation.replacement = 0.25
    let count = (0..<1000 as Range<UInt64>).count { self.view(augmentation, key: $0)[0] != 0 }
    // 250 with a standard deviation of 14.
    #expect(abs(count - 250) < 80, "seed \(RandomTests.seed)")
  }
}
