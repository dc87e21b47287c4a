// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Kernels
import Labels
import Testing

@testable import Bounds

/// Windows whose pairs were moved to a coarser lattice against exact sums.
@Suite struct MovedWeightsTests {
  @Test("Every weight goes to the multiples around it and keeps its mean")
  func moved() {
    let window = LatticeWindow(
      .binomial(trialCount: 7, success: 1, failure: 1), tail: 0x1p-58)
    for step in [2, 4, 8] {
      var row = MovedWeights(step: step)
      row.add(MovedWeights(window, step: step), times: 0.5)
      row.add(MovedWeights(window, step: step), times: 0.25)
      var expected: [Int: Rational] = [:]
      for (offset, weight) in window.weights.enumerated() {
        let n = window.first + offset
        let (low, rest) = (n / step * step, Rational(n % step, step))
        let weight = Real(weight).rational * Rational(3, 4)
        expected[low, default: 0] += weight * (1 - rest)
        expected[low + step, default: 0] += weight * rest
      }
      for (offset, weight) in row.weights.enumerated() {
        let exact = expected[row.first + offset * step] ?? 0
        // Up to eight additions on either side and three products.
        let error = (Real(weight).rational - exact).magnitude
        #expect(error <= exact * Rational(19, 1 << 53))
      }
      #expect(expected.keys.allSatisfy { $0 - row.first < row.weights.count * step })
    }
  }

  @Test("Rows of different places add up where they stand")
  func places() {
    func row(_ trialCount: Int) -> MovedWeights {
      MovedWeights(
        LatticeWindow(.binomial(trialCount: trialCount, success: 1, failure: 0), tail: 0.5), step: 2
      )
    }
    for (first, second) in [(9, 3), (3, 9)] {
      var sum = row(first)
      sum.add(row(second), times: 2)
      let weights = sum.weights
      #expect(sum.first == 2)
      #expect(weights.count == 5)
      #expect(weights[0] == (first == 3 ? 0.5 : 1))
      #expect(weights[2] == 0)
      #expect(weights[4] == (first == 9 ? 0.5 : 1))
    }
  }

  @Test(
    "A sum over moved pairs is that over the exactly moved law, and never above G",
    arguments: SamplingScheme.allCases, [false, true])
  func window(sampling: SamplingScheme, isCapped: Bool) throws {
    let (size, classes, k) = (12, 3, 21)
    for step in [2, 4, 8] {
      let window = try #require(
        CollisionPairWindow(
          own: size, other: size, total: size * classes, sampling: sampling, negativeCount: k,
          isCapped: isCapped, step: step))
      // The law moved in exact fractions.
      var law: [Pair: Rational] = [:]
      for (pair, p) in Self.law(size: size, classes: classes, k: k, sampling: sampling) {
        for (m, a) in Self.shares(pair.m, step) {
          for (n, b) in Self.shares(pair.n, step) {
            let pair = Pair(m: m, n: isCapped ? min(n, m + 1) : n)
            law[pair, default: 0] += p * a * b
          }
        }
      }
      var error: Rational = 0
      for row in window.rows {
        for i in 0..<row.count {
          let pair = Pair(m: row.m, n: row.firstN + i * row.step)
          let weight = Real(window.weights[row.start + i]).rational
          error += (weight - (law.removeValue(forKey: pair) ?? 0)).magnitude
        }
      }
      error += law.values.reduce(0, +)
      #expect(error <= Real(window.error).rational)
      #expect(window.error < 1e-12)

      let exact = try #require(
        CollisionPairWindow(
          own: size, other: size, total: size * classes, sampling: sampling, negativeCount: k,
          isCapped: isCapped))
      let coarse = PhiFunction(window, negativeCount: k + 2 * (step - 1))
      let fine = PhiFunction(exact, negativeCount: k)
      for s in [0, 0.04, 0.5, 1, 3, 9, 50] {
        let (low, high) = (coarse.sample(s), fine.sample(s))
        #expect(low.value - low.valueError <= high.value + high.valueError)
      }
    }
  }

  @Test(
    "A bound from moved pairs is above that from all of them, by little",
    arguments: [false, true])
  func bound(isCapped: Bool) throws {
    let k = 300
    for counts in [[1, 1, 1, 1], [100, 130, 200, 200]] {
      let setting = try ContrastiveSetting(
        classSizes: try LabelDistribution(counts: counts), sampling: .withReplacement,
        negativeCount: k, temperature: Rational(1, 2))
      let excess = MeasuredQuantity(
        LinearForm(setting.expectedLog) + LinearForm(Rational(3, 10)))
      var problem = PhiProblem(setting: setting, isCapped: isCapped)
      let finer = try #require(try problem.supervisedUpper(excess: excess).value)
      (problem.exactLimit, problem.movedLimit) = (1 << 10, 1 << 12)
      let coarser = try #require(try problem.supervisedUpper(excess: excess).value)
      let (low, high) = (try finer.number.double, try coarser.number.double)
      let slope = try #require(coarser.certificate?.line).slope.double
      #expect(low < high, "\(counts)")
      let loss = 0.05 / (Double(k) / 6 * slope)
      #expect(high < low + loss, "\(counts) \(low) \(high)")
    }
  }

  // MARK: - Exact laws

  private struct Pair: Hashable { let m, n: Int }

  private static func shares(_ n: Int, _ step: Int) -> [(Int, Rational)] {
    let rest = Rational(n % step, step)
    return [(n / step * step, 1 - rest), (n / step * step + step, rest)]
  }

  private static func law(
    size: Int, classes: Int, k: Int, sampling: SamplingScheme
  ) -> [(Pair, Rational)] {
    var law: [(Pair, Rational)] = []
    let total = size * classes
    for m in 0...k {
      for n in 0...(k - m) {
        let rest = k - m - n
        let ways: Integer
        let all: Integer
        if sampling == .withReplacement {
          ways =
            Integer.binomial(k, m) * Integer.binomial(k - m, n)
            * Integer(classes - 2).power(rest)
          all = Integer(classes).power(k)
        } else {
          guard m < size, n <= size, rest <= total - 2 * size else { continue }
          ways =
            Integer.binomial(size - 1, m) * Integer.binomial(size, n)
            * Integer.binomial(total - 2 * size, rest)
          all = Integer.binomial(total - 1, k)
        }
        law.append((Pair(m: m, n: n), Rational(ways, all)))
      }
    }
    return law
  }
}
