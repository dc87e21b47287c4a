// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness
import TestSupport
import Testing

@testable import Occupancy

/// Random laws with few classes, and their waiting times from the definition: draw after draw, a
/// chain over the sets of classes seen (with replacement) or counts of covering subsets (without).
struct WaitingCase: CustomStringConvertible {
  let sizes: [Int]
  let sampling: SamplingScheme

  var description: String { "\(sizes), \(sampling)" }

  var law: LabelLaw { get throws { LabelLaw(try LabelDistribution(counts: sizes)) } }
  var time: WaitingTime { get throws { try WaitingTime(law: law, sampling: sampling) } }

  private var total: Int { sizes.reduce(0, +) }

  /// E[T] and E[T^2].
  var moments: (mean: Rational, square: Rational) {
    sampling == .withReplacement ? chainMoments : sumMoments
  }

  /// v_0, v_1, ... as fractions, until v_n >= `level`.
  func curve(until level: Rational) -> [Rational] {
    var result: [Rational] = []
    sampling == .withReplacement
      ? forEachSeen {
        result.append($0); return $0 < level
      } : result.append(contentsOf: counted)
    return result
  }

  /// First-step analysis: from the set A of classes seen, T_A = 1 + T_A' with A' = A or A + c.
  private var chainMoments: (Rational, Rational) {
    let full = (1 << sizes.count) - 1
    var first = [Rational](repeating: 0, count: full + 1)
    var second = first
    for seen in (0..<full).reversed() {
      var stay = 0
      var (a, b): (Rational, Rational) = (0, 0)
      for (c, size) in sizes.enumerated() {
        if seen >> c & 1 == 1 {
          stay += size
        } else {
          a += Rational(size, total) * first[seen | 1 << c]
          b += Rational(size, total) * second[seen | 1 << c]
        }
      }
      let leave = Rational(total - stay, total)
      first[seen] = (1 + a) / leave
      second[seen] = (1 + 2 * (Rational(stay, total) * first[seen] + a) + b) / leave
    }
    return (first[0], second[0])
  }

  /// E[T] = sum P(T > n) and E[T^2] = sum (2n+1) P(T > n).
  private var sumMoments: (Rational, Rational) {
    var (first, second): (Rational, Rational) = (0, 0)
    for (n, v) in counted.enumerated() {
      first += 1 - v
      second += Rational(2 * n + 1) * (1 - v)
    }
    return (first, second)
  }

  /// v_n without replacement: subsets of n items that meet every class, class by class.
  private var counted: [Rational] {
    var ways: [Integer] = [1]
    for size in sizes {
      var next = [Integer](repeating: 0, count: ways.count + size)
      for (n, way) in ways.enumerated() {
        for k in 1...size { next[n + k].addProduct(way, Integer.binomial(size, k)) }
      }
      ways = next
    }
    return ways.enumerated().map { Rational($1, Integer.binomial(total, $0)) }
  }

  /// v_n with replacement from the number of sequences of n items by the set of classes seen.
  private func forEachSeen(_ body: (Rational) -> Bool) {
    var ways = [Integer](repeating: 0, count: 1 << sizes.count)
    ways[0] = 1
    var all: Integer = 1
    while body(Rational(ways[ways.count - 1], all)) {
      var next = [Integer](repeating: 0, count: ways.count)
      for (seen, way) in ways.enumerated() where way.signum > 0 {
        for (c, size) in sizes.enumerated() { next[seen | 1 << c].addProduct(way, Integer(size)) }
      }
      ways = next
      all.multiply(by: total)
    }
  }

  /// A law of one to five classes.
  static func random(using generator: inout SplitMix64) -> WaitingCase {
    let classCount = Int.random(in: 1...5, using: &generator)
    let largest = [1, 2, 4, 9].randomElement(using: &generator) ?? 1
    let sizes = (0..<classCount).map { _ in Int.random(in: 1...largest, using: &generator) }
    let sampling = SamplingScheme.allCases.randomElement(using: &generator) ?? .withReplacement
    return WaitingCase(sizes: sizes, sampling: sampling)
  }

  /// Runs `body` on `count` random cases; a failure prints the seed.
  static func forEach(
    _ count: Int, salt: UInt64, _ body: (WaitingCase, inout SplitMix64) throws -> Void
  ) throws {
    var generator = SplitMix64(keys: RandomTests.seed, salt)
    for _ in 0..<RandomTests.count(count) {
      let example = random(using: &generator)
      do {
        try body(example, &generator)
      } catch {
        Issue.record("seed \(RandomTests.seed), \(example): \(error)")
      }
    }
  }
}
