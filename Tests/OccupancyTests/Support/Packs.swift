// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Randomness

@testable import Occupancy

/// Packs of k different ones of a few classes: every pack is listed, and the classes seen are
/// followed as a set. The definition itself.
struct Packs {
  let classCount, packSize, requiredCount: Int
  /// The classes that each pack shows, as bits.
  private let packs: [Int]

  init(classCount: Int, packSize: Int, requiredCount: Int) {
    (self.classCount, self.packSize) = (classCount, packSize)
    self.requiredCount = requiredCount
    packs = (0..<(1 << classCount)).filter { $0.nonzeroBitCount == packSize }
  }

  /// A few classes and sizes.
  init(_ random: inout SplitMix64) {
    let classes = Int.random(in: 1...6, using: &random)
    self.init(
      classCount: classes, packSize: Int.random(in: 1...classes, using: &random),
      requiredCount: Int.random(in: 1...classes, using: &random))
  }

  /// The first classes are required.
  private var goal: Int { 1 << requiredCount - 1 }

  /// P(B <= b).
  func coverage(packCount: Int) -> Rational {
    var ways: [Int: Integer] = [0: 1]
    for _ in 0..<packCount {
      var next: [Int: Integer] = [:]
      for (seen, count) in ways {
        for pack in packs { next[seen | pack, default: 0] += count }
      }
      ways = next
    }
    let covered = ways.filter { $0.key & goal == goal }.values.reduce(Integer(0), +)
    return Rational(covered, Integer(packs.count).power(packCount))
  }

  /// E B and E B(B+1), from what one more pack changes: classes seen only grow.
  var moments: (mean: Rational, rising: Rational) {
    var first = Array(repeating: Rational(0), count: 1 << classCount)
    var second = first
    for seen in (0..<(1 << classCount)).reversed() where seen & goal != goal {
      var (stay, mean, rising): (Int, Rational, Rational) = (0, 0, 0)
      for pack in packs {
        if seen | pack == seen { stay += 1 }
        mean += first[seen | pack]
        rising += second[seen | pack]
      }
      let all = Rational(packs.count)
      first[seen] = (all + mean) / (all - Rational(stay))
      second[seen] = (2 * all * first[seen] + rising) / (all - Rational(stay))
    }
    return (first[0], second[0])
  }
}
