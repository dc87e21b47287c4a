// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct WordNeighboursTests {
  @Test func `words that stand in the same surroundings are neighbours, rare words have none`() {
    var vocabulary = Vocabulary()
    var texts: [ArraySlice<Int32>] = []
    for animal in ["cat", "dog", "horse"] {
      for verb in ["eats", "sleeps"] {
        for _ in 0..<3 { texts.append(vocabulary.words(of: "the \(animal) \(verb) here")[...]) }
      }
    }
    for metal in ["gold", "iron"] {
      for _ in 0..<5 { texts.append(vocabulary.words(of: "price of \(metal) rises")[...]) }
    }
    texts.append(vocabulary.words(of: "the unicorn eats here")[...])
    let neighbours = WordNeighbours(texts: texts, wordCount: vocabulary.count)
    func near(_ word: String) -> [Int32] {
      vocabulary.number(of: word).map { Array(neighbours[$0]) } ?? []
    }
    func numbers(_ words: [String]) -> [Int32] { words.compactMap(vocabulary.number(of:)) }
    #expect(Set(near("cat").prefix(2)) == Set(numbers(["dog", "horse"])))
    #expect(near("gold").first == vocabulary.number(of: "iron"))
    #expect(near("unicorn") == [])
    for word in 0..<Int32(vocabulary.count) {
      #expect(!neighbours[word].contains(word) && neighbours[word].count <= WordNeighbours.limit)
    }
  }

  @Test func `they are the largest cosines of weights by their definition`() {
    var random = RandomNumbers(630)
    let size = 12
    let texts = (0..<60).map { _ in
      (0..<random.index(in: 0...9)).map { _ in Int32(random.index(in: 0...size - 1)) }[...]
    }
    let found = WordNeighbours(texts: texts, wordCount: size)
    var near = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for text in texts {
      for i in text.indices {
        for j in text.indices where i != j && abs(i - j) <= 2 {
          near[Int(text[i])][Int(text[j])] += 1
        }
      }
    }
    let totals = near.map { $0.reduce(0, +) }
    let total = totals.reduce(0, +)
    // e^(weight): comparisons of logarithms need none here but for cosines, so a series is enough.
    func log(_ x: Double) -> Double {
      let s = (x - 1) / (x + 1)
      var (sum, power) = (0.0, s)
      for k in stride(from: 1.0, to: 2001, by: 2) {
        sum += 2 * power / k
        power *= s * s
      }
      return sum
    }
    let weights = (0..<size).map { w in
      (0..<size).map { c in
        let ratio: Double = near[w][c] * total / (totals[w] * totals[c])
        return ratio > 0 ? max(0, log(ratio)) : 0
      }
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    for w in 0..<size {
      let cosines = (0..<size).map { v in
        let lengths = (dot(weights[w], weights[w]) * dot(weights[v], weights[v])).squareRoot()
        return v == w || lengths == 0 ? 0 : dot(weights[w], weights[v]) / lengths
      }
      let best = cosines.filter { $0 > 0 }.sorted(by: >).prefix(WordNeighbours.limit)
      let listed = found[Int32(w)].map { cosines[Int($0)] }
      #expect(listed.count == best.count, "seed \(RandomTests.seed)")
      #expect(zip(listed, best).allSatisfy { abs($0 - $1) < 1e-9 }, "seed \(RandomTests.seed)")
    }
  }
}
