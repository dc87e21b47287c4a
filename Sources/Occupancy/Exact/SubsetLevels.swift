// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// For each number j of classes, the total weights that j classes can have and how often each occurs:
/// the terms of inclusion-exclusion, 2^C subsets collapsed by equal weights.
///
/// Level j is the coefficient of y^j in prod_c (1 + y x^(w_c)), as a polynomial in x.
struct SubsetLevels: Sendable {
  struct Term: Sendable {
    let weight: Integer
    let count: Integer
  }

  /// Level 0 first; each by increasing weight.
  let levels: [[Term]]
  /// Whether all C + 1 levels are here.
  let isComplete: Bool

  /// The most terms that are kept.
  static let termLimit = 1_000_000

  /// - Parameters:
  ///   - law: Its total weight must fit a machine integer.
  ///   - levelLimit: The highest level wanted.
  /// - Returns: nil when there are too many terms.
  init?(law: LabelLaw, levelLimit: Int) {
    guard law.total.int != nil else { return nil }
    let top = min(levelLimit, law.classCount)
    isComplete = top == law.classCount
    if law.isUniform {
      guard top < Self.termLimit else { return nil }
      let weight = law.smallestWeight
      var binomial: Integer = 1
      var result: [[Term]] = []
      for j in 0...top {
        if j > 0 {
          binomial.multiply(by: law.classCount - j + 1)
          binomial = binomial.exactlyDivided(by: Integer(j))
        }
        result.append([Term(weight: Integer(j) * weight, count: binomial)])
      }
      levels = result
      return
    }
    var sums: [[Int: Integer]] = Array(repeating: [:], count: top + 1)
    sums[0][0] = 1
    var work = 0
    for group in law.groups {
      guard let weight = group.weight.int else { return nil }
      let choices = (0...min(group.classCount, top)).map { Integer.binomial(group.classCount, $0) }
      var size = 0
      for j in stride(from: top, through: 1, by: -1) {
        for i in 1..<choices.count where i <= j {
          for (w, count) in sums[j - i] {
            sums[j][w + i * weight, default: 0].addProduct(count, choices[i])
            work += 1
          }
        }
        size += sums[j].count
        if size > Self.termLimit || work > 20 * Self.termLimit { return nil }
      }
    }
    levels = sums.map { level in
      level.map { Term(weight: Integer($0.key), count: $0.value) }.sorted { $0.weight < $1.weight }
    }
  }
}
