// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels

/// The words that stand in the same surroundings as a word, from a corpus alone.
///
/// The surroundings of a word are the words up to two places from it. With n(w, c) how often c is
/// near w, both among the most frequent words, the weight of c is the positive pointwise mutual
/// information max(0, ln(n(w, c) n / (n(w) n(c)))); neighbours are the words with the largest
/// cosine of weights, the more frequent one first of two that are equally near.
///
/// Reference: J. Bullinaria and J. Levy, *Extracting semantic representations from word
/// co-occurrence statistics*, Behavior Research Methods 39, 2007.
struct WordNeighbours: Equatable, Sendable {
  /// How many neighbours a word has at most.
  static let limit = 8
  /// How many words have neighbours: those that stand in the corpus most often.
  static let wordLimit = 2000
  /// How often a word must stand in the corpus at least.
  static let leastCount = 5

  private let starts: [Int]
  private let words: [Int32]

  /// The neighbours of a word, the nearest first; none if it is rare.
  subscript(word: Int32) -> ArraySlice<Int32> { words[starts[Int(word)]..<starts[Int(word) + 1]] }

  /// The neighbours of the words 0 ..< wordCount in texts.
  ///
  /// - Complexity: O(T + sum over c of m_c^2), T the words of all texts and m_c the number of words
  ///   that c is a surrounding of with a positive weight.
  init(texts: [ArraySlice<Int32>], wordCount: Int) {
    let space = CooccurrenceSpace(texts: texts, wordCount: wordCount)
    var lists = [[Int32]](repeating: [], count: wordCount)
    for rank in space.words.indices {
      lists[Int(space.words[rank])] = space.nearest(rank, limit: Self.limit)
    }
    var starts = [0]
    for list in lists { starts.append(starts[starts.count - 1] + list.count) }
    self.starts = starts
    words = Array(lists.joined())
  }
}

/// Weights of surroundings, as unit vectors with few elements that are not 0.
private struct CooccurrenceSpace {
  private struct Element {
    let index: Int
    let weight: Double
  }

  /// The frequent words, the most frequent first.
  let words: [Int32]
  private var rows: [[Element]]
  /// The same by surroundings.
  private var columns: [[Element]]

  init(texts: [ArraySlice<Int32>], wordCount: Int) {
    var counts = [Int](repeating: 0, count: wordCount)
    for text in texts { for word in text { counts[Int(word)] += 1 } }
    let frequent = counts.indices.filter { counts[$0] >= WordNeighbours.leastCount }
    let ranked = frequent.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    words = ranked.prefix(WordNeighbours.wordLimit).map(Int32.init)
    let size = words.count
    var ranks = [Int](repeating: -1, count: wordCount)
    for (rank, word) in words.enumerated() { ranks[Int(word)] = rank }

    // n(w, c), symmetric; 2,000 words take 16 MB for as long as this runs.
    var near = [Int32](repeating: 0, count: size * size)
    for text in texts {
      let list = text.map { ranks[Int($0)] }
      for i in list.indices where list[i] >= 0 {
        for j in max(0, i - 2)..<i where list[j] >= 0 {
          near[list[i] * size + list[j]] += 1
          near[list[j] * size + list[i]] += 1
        }
      }
    }
    var totals = [Int](repeating: 0, count: size)
    for w in 0..<size { for c in 0..<size { totals[w] += Int(near[w * size + c]) } }
    let total = Double(totals.reduce(0, +))

    rows = [[Element]](repeating: [], count: size)
    columns = rows
    for w in 0..<size {
      var squares = 0.0
      for c in 0..<size where near[w * size + c] > 0 {
        let expected = Double(totals[w]) * Double(totals[c])
        let weight = logarithm(Double(near[w * size + c]) * total / expected)
        guard weight > 0 else { continue }
        rows[w].append(Element(index: c, weight: weight))
        squares += weight * weight
      }
      let scale = squares > 0 ? 1 / squares.squareRoot() : 0
      rows[w] = rows[w].map { Element(index: $0.index, weight: $0.weight * scale) }
      for element in rows[w] {
        columns[element.index].append(Element(index: w, weight: element.weight))
      }
    }
  }

  /// The words with the largest positive cosines to the one of this rank.
  func nearest(_ rank: Int, limit: Int) -> [Int32] {
    var cosines = [Double](repeating: 0, count: words.count)
    for element in rows[rank] {
      for other in columns[element.index] {
        cosines[other.index] += element.weight * other.weight
      }
    }
    cosines[rank] = 0
    var best: [Int] = []
    for other in cosines.indices where cosines[other] > 0 {
      if best.count == limit && cosines[other] <= cosines[best[limit - 1]] { continue }
      if best.count == limit { best.removeLast() }
      let place = best.firstIndex { cosines[$0] < cosines[other] } ?? best.count
      best.insert(other, at: place)
    }
    return best.map { words[$0] }
  }
}
