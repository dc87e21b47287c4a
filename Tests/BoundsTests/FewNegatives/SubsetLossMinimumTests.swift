// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Occupancy
import Testing

@testable import Bounds

@Suite struct SubsetLossMinimumTests {
  /// Four classes, three observations, all overlapping.
  private func model(_ weights: [Int]) throws -> FiniteModel {
    let counts = [[5, 2, 1], [1, 6, 1], [2, 3, 3], [1, 1, 6]]
    let sum = weights.reduce(0, +)
    return try FiniteModel(
      classProbabilities: weights.map { Rational($0, sum) },
      conditionals: counts.map { $0.map { Rational($0, 8) } })
  }

  private func minimum(_ weights: [Int], _ negativeCount: Int) throws -> SubsetLossMinimum {
    try SubsetLossMinimum(model: model(weights), negativeCount: negativeCount)
  }

  @Test(arguments: 1...5)
  func `for equal classes the minimiser is optimal, though too few draws cover nothing`(k: Int)
    throws
  {
    let minimum = try minimum([1, 1, 1, 1], k)
    #expect((minimum.coverageProbability == 0) == (k < 3))
    #expect(try minimum.excess.decimal(significantDigits: 5) == "0")
    // The way of the minimiser itself, which does not know that the classes are equal.
    let found = try minimum.minimizerLoss(precision: 200)
    let optimum = try minimum.model.optimalSupervisedLoss.enclosure(precision: 200)
    #expect(found.overlaps(optimum) && found.isWithin(relativePrecision: 150))
  }

  /// Nearly all observations are of one class and nearly all of the soft-max is at the other.
  @Test func `scores that are all as far off as they may are in the loss`() throws {
    let model = try FiniteModel(
      classProbabilities: [1 - Rational(1, 1 << 40), Rational(1, 1 << 40)],
      conditionals: [[1], [1]])
    let minimum = try SubsetLossMinimum(model: model, negativeCount: 1)
    let off = Rational(1, 8)
    let wide = minimum.supervisedPart(
      0, of: [0, 40], within: Enclosure(off, precision: 64), precision: 100)
    let exact = minimum.supervisedPart(
      0, of: [-off, 40 + off], within: Enclosure(0), precision: 100)
    #expect(wide.lower <= exact.lower && exact.upper <= wide.upper)
    #expect(exact.upper.double() > wide.upper.double() - 0x1p-30)
  }

  @Test func `with one negative the minimiser knows nothing of the class law`() throws {
    let minimum = try minimum([8, 4, 3, 1], 1)
    // Scores q_j = ln D_j.
    var exact = Enclosure(0)
    for x in 0..<3 {
      let total = minimum.model.conditionals.reduce(Rational(0)) { $0 + $1[x] }
      for c in 0..<4 {
        let log = Enclosure(total / minimum.model.conditionals[c][x], precision: 200)
          .naturalLogarithm(precision: 200)
        exact = exact.adding(
          log.scaled(by: minimum.model.joint(c, x), precision: 200), precision: 200)
      }
    }
    let found = try minimum.supervisedLoss.enclosure(precision: 150)
    #expect(found.overlaps(exact) && found.isWithin(relativePrecision: 150))
  }

  @Test func `for unequal classes the loss falls to the optimum as negatives are added`() throws {
    var last = Double.infinity
    for k in [1, 2, 3, 6, 12, 24] {
      let excess = try minimum([8, 4, 3, 1], k).excess.enclosure(precision: 40)
      #expect(excess.isPositive && excess.upper.double() < last)
      last = excess.lower.double()
    }
    #expect(last < 1e-2)
  }

  @Test func `no scores have a lower subset loss`() throws {
    let minimum = try minimum([8, 4, 3, 1], 2)
    let least = try minimum.subsetLoss.enclosure(precision: 60)
    let probabilities = SubsetLoss.anchorProbabilities(
      minimum.model.classProbabilities, negativeCount: 2)
    func total(_ scores: (Int) -> [Rational]) -> Enclosure {
      (0..<3).reduce(Enclosure(0)) { sum, x in
        let loss = SubsetLoss(minimum.model, observation: x, probabilities: probabilities)
        return sum.adding(loss.value(scores(x), precision: 80), precision: 80)
      }
    }
    let solutions = try (0..<3).map { x in
      try SubsetLossMinimizer(
        SubsetLoss(minimum.model, observation: x, probabilities: probabilities)
      ).solution(precision: 80).scores
    }
    #expect(total { solutions[$0] }.overlaps(least))
    for j in 0..<4 {
      for shift in [Rational(1, 100), Rational(-1, 100), Rational(2), Rational(-3)] {
        let moved = total { x in
          var scores = solutions[x]
          scores[j] += shift
          return scores
        }
        #expect(moved.lower > least.upper)
      }
    }
  }

  @Test func `more digits agree with fewer`() throws {
    let minimum = try minimum([8, 4, 3, 1], 2)
    let long = try minimum.supervisedLoss.decimal(significantDigits: 60)
    let short = try minimum.supervisedLoss.decimal(significantDigits: 20)
    #expect(long.hasPrefix(short.dropLast()))
  }

  @Test func `coverage is that of the law`() throws {
    let minimum = try minimum([8, 4, 3, 1], 5)
    let coverage = try CoverageProbability(
      law: LabelLaw(probabilities: minimum.model.classProbabilities), sampling: .withReplacement,
      drawCount: 6)
    #expect(try coverage.exactValue() == minimum.coverageProbability)
  }

  @Test func `what is no model is refused`() throws {
    func problem(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    let half = [Rational(1, 2), Rational(1, 2)]
    #expect(
      problem { _ = try FiniteModel(classProbabilities: [1], conditionals: [half]) }
        .hasPrefix("classProbabilities must be from 2 to 10 classes"))
    #expect(
      problem { _ = try FiniteModel(classProbabilities: half, conditionals: [half]) }
        .hasPrefix("conditionals must be as many observations for each of 2 classes"))
    #expect(
      problem { _ = try FiniteModel(classProbabilities: half, conditionals: [half, [1, 0]]) }
        .hasPrefix("conditionals must be positive, with the sum 1"))
    #expect(
      problem { _ = try minimum([1, 1, 1, 1], 0) } == "negativeCount must be at least 1, but is 0")
  }
}
