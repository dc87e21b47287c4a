// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@_spi(Arithmetic) @testable import ArbitraryPrecision

extension CountLaw {
  /// P(X = m), by its definition.
  func exactPMF(_ m: Int) -> Rational {
    let k = trialCount
    return switch kind {
    case .binomial(let w, let u):
      Rational(Integer.binomial(k, m) * w.power(m) * u.power(k - m), (w + u).power(k))
    case .hypergeometric(let n, let s):
      Rational(Integer.binomial(s, m) * Integer.binomial(n - s, k - m), Integer.binomial(n, k))
    }
  }
}

@Suite struct CountLawTests {
  private func random(_ generator: inout SplitMix64) -> CountLaw {
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    if Bool.random(using: &generator) {
      // Weights of every length, failure sometimes 0.
      let unit = Integer(10).power(number(0...40))
      return .binomial(
        trialCount: number(0...30), success: unit + Integer(number(0...20)),
        failure: Integer(number(0...20)) * Integer(10).power(number(0...40)))
    }
    let items = number(0...40)
    return .hypergeometric(
      trialCount: number(0...items), items: items, matching: number(0...items))
  }

  @Test func `support, mode and mean are those of the probabilities`() {
    var generator = SplitMix64(seed: RandomTests.seed)
    for _ in 0..<RandomTests.count(300) {
      let law = random(&generator)
      let all = (0...law.trialCount).map(law.exactPMF)
      let possible = all.indices.filter { all[$0].signum > 0 }
      #expect(possible == Array(law.support), "\(law)")
      let mean = all.enumerated().reduce(Rational(0)) { $0 + Rational($1.offset) * $1.element }
      #expect(law.mean == mean, "\(law)")
      let square = all.enumerated().reduce(Rational(0)) {
        $0 + (Rational($1.offset) - mean).power(2) * $1.element
      }
      // For planning: weights are rounded, which here changes no more than the last digits.
      let planned = law.approximateMoments
      #expect((Real(planned.mean).rational - mean).magnitude <= mean / 1_000_000, "\(law)")
      let error = (Real(planned.variance).rational - square).magnitude
      #expect(error <= mean / 1_000_000, "\(law)")
      let top = all.max() ?? 0
      let near = max(0, law.mode - 1)...min(law.trialCount, law.mode + 1)
      #expect(all[near].contains(top), "\(law)")
    }
  }

  @Test func `ratios are rounded a few times, and their bounds lie beyond them`() {
    var generator = SplitMix64(seed: RandomTests.seed &+ 1)
    for _ in 0..<RandomTests.count(300) {
      let law = random(&generator)
      for m in law.support.dropLast() {
        let exact = law.exactPMF(m + 1) / law.exactPMF(m)
        let ratio = Real(law.ratio(at: m)).rational
        // Seven roundings of up to 2^-53 each.
        #expect((ratio - exact).magnitude <= exact * Rational(8) * Rational(1, 2).power(53))
        #expect(Real(law.upwardRatio(at: m)).rational >= exact)
        #expect(Real(law.downwardRatio(at: m + 1)).rational >= 1 / exact)
      }
    }
  }

  @Test func `weights far apart keep the bounds of ratios`() {
    let large = Integer(10).power(400)
    let rare = CountLaw.binomial(trialCount: 1 << 40, success: 3, failure: large)
    let exact = Rational(Integer(3) * Integer(1 << 40), large)
    #expect(Real(rare.upwardRatio(at: 0)).rational >= exact && rare.mode == 0)
    #expect(rare.downwardRatio(at: 1) > 1)
    let common = CountLaw.binomial(trialCount: 1 << 40, success: large, failure: 3)
    #expect(Real(common.downwardRatio(at: 1 << 40)).rational >= exact)
    #expect(common.upwardRatio(at: 0) > 1 && common.mode == 1 << 40)
  }

  @Test func `probabilities and tails hold their exact values`() {
    var generator = SplitMix64(seed: RandomTests.seed &+ 2)
    for _ in 0..<RandomTests.count(100) {
      let law = random(&generator)
      var below = Rational(0)
      for m in law.support {
        below = below + law.exactPMF(m)
        #expect(law.pmf(m, precision: 80).enclosure().contains(law.exactPMF(m)), "\(law), m = \(m)")
        let tails = law.tails(m, precision: 80)
        #expect(tails.probability.contains(below), "\(law), m = \(m)")
        #expect(tails.complement.contains(1 - below), "\(law), m = \(m)")
      }
      let outside = law.tails(law.support.lowerBound - 1, precision: 80)
      #expect(outside.probability.contains(0) && outside.probability.isExact)
    }
  }

  @Test func `other numbers of trials are the same law otherwise`() {
    for law in [
      CountLaw.binomial(trialCount: 3, success: 2, failure: 5),
      .hypergeometric(trialCount: 3, items: 20, matching: 12),
    ] {
      let more = law.withTrialCount(11)
      #expect(more.trialCount == 11 && more.support.upperBound == 11)
      #expect(more.pmf(4, precision: 60).enclosure().contains(more.exactPMF(4)))
    }
  }
}
