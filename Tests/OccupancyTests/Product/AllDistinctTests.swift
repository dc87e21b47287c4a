// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Randomness
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import Occupancy

@Suite struct AllDistinctTests {
  /// e_0, e_1, ... of the weights, by their recurrence in integers.
  private func symmetric(_ weights: [Int]) -> [Integer] {
    var e: [Integer] = [1] + weights.map { _ in 0 }
    for (used, weight) in weights.enumerated() {
      for k in stride(from: used + 1, through: 1, by: -1) {
        e[k].addProduct(e[k - 1], Integer(weight))
      }
    }
    return e
  }

  /// n! e_n/M^n, or e_n/binom(M, n).
  private func exact(_ sets: Integer, of total: Int, _ n: Int, _ sampling: SamplingScheme)
    -> Rational
  {
    sampling == .withReplacement
      ? Rational(sets * Integer.factorial(n), Integer(total).power(n))
      : Rational(sets, Integer.binomial(total, n))
  }

  @Test("The enclosure contains the sum over subsets", arguments: SamplingScheme.allCases)
  func subsets(sampling: SamplingScheme) throws {
    var random = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(60) {
      let isUniform = Bool.random(using: &random)
      let size = Int.random(in: 1...1000, using: &random)
      let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        isUniform ? size : Int.random(in: 1...1000, using: &random)
      }
      var sums: [Integer] = Array(repeating: 0, count: weights.count + 1)
      for set in 0..<(1 << weights.count) {
        let members = weights.indices.filter { set >> $0 & 1 == 1 }
        sums[members.count] += members.reduce(Integer(1)) { $0 * Integer(weights[$1]) }
      }
      let law = LabelLaw(try LabelDistribution(counts: weights))
      for (n, sum) in sums.enumerated().dropFirst() {
        let precision = Int.random(in: 8...100, using: &random)
        let value = try AllDistinct(law: law, sampling: sampling, drawCount: n)
          .probability(precision: precision)
        let note = "seed \(RandomTests.seed), \(weights), n = \(n)"
        #expect(
          value.contains(exact(sum, of: weights.reduce(0, +), n, sampling)), "\(note)")
        #expect(value.isWithin(relativePrecision: precision), "\(note)")
      }
    }
  }

  @Test("The contour integral and the recurrence agree", arguments: SamplingScheme.allCases)
  func methods(sampling: SamplingScheme) throws {
    let law = LabelLaw(try LabelDistribution(counts: Array(1...400)))
    let symmetric = symmetric(Array(1...400))
    for n in [2, 49, 51, 200, 398, 399, 400] {
      let value = try AllDistinct(law: law, sampling: sampling, drawCount: n)
        .probability(precision: 70)
      #expect(value.isWithin(relativePrecision: 70))
      #expect(value.contains(exact(symmetric[n], of: 200 * 401, n, sampling)), "n = \(n)")
    }
  }
}
