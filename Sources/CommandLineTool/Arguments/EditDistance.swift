// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// How many insertions, deletions and substitutions turn one word into another.
///
/// Reference: V. I. Levenshtein, *Binary codes capable of correcting deletions, insertions, and
/// reversals*, Soviet Physics Doklady 10 (1966).
enum EditDistance {
  /// Words at least this far apart are not mistaken for each other.
  static let similarityFloor = 4

  /// The candidate closest to `word`, if one is close; the first of several equally close.
  static func suggestion(for word: String, among candidates: [String]) -> String? {
    // What shares no letter with the word is not a misspelling of it.
    let limit = min(similarityFloor, word.count)
    return
      candidates
      .map { (name: $0, distance: between(word, $0)) }
      .filter { $0.distance < limit }
      .min { $0.distance < $1.distance }?
      .name
  }

  /// The distance between two words; names on the command line are short, so O(|a| |b|) will do.
  static func between(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var current = [i + 1]
      for (j, y) in b.enumerated() {
        let substituted = previous[j] + (x == y ? 0 : 1)
        current.append(min(substituted, previous[j + 1] + 1, current[j] + 1))
      }
      previous = current
    }
    return previous[b.count]
  }
}
