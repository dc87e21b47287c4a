// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Testing

@testable import Bounds

@Suite struct SubsetLossTests {
  private let law = [Rational(1, 2), Rational(1, 3), Rational(1, 6)]

  @Test(arguments: 1...4)
  func `probabilities of anchor and set are those of all sequences`(negativeCount: Int) {
    var exact = [[Rational]](repeating: [0, 0, 0], count: 8)
    var count = 1
    for _ in 0...negativeCount { count *= 3 }
    for code in 0..<count {
      var (rest, set, probability) = (code, 0, Rational(1))
      for _ in 0...negativeCount {
        set |= 1 << (rest % 3)
        probability = probability * law[rest % 3]
        rest /= 3
      }
      exact[set][code % 3] += probability
    }
    let found = SubsetLoss.anchorProbabilities(law, negativeCount: negativeCount)
    #expect(found == exact)
    let total = found.joined().reduce(Rational(0)) { $0 + $1 }
    #expect(total == 1)
  }

  @Test func `value and gradient are those of the definition`() throws {
    let model = try FiniteModel(
      classProbabilities: law,
      conditionals: [
        [Rational(1, 2), Rational(1, 2)], [Rational(1, 4), Rational(3, 4)],
        [Rational(2, 3), Rational(1, 3)],
      ])
    let probabilities = SubsetLoss.anchorProbabilities(law, negativeCount: 2)
    let loss = SubsetLoss(model, observation: 1, probabilities: probabilities)
    let scores = [Rational(1, 3), Rational(-1, 2), Rational(1)]
    func value(_ scores: [Rational]) -> Double {
      var sum = 0.0
      for set in 1..<8 where set.nonzeroBitCount > 1 {
        for c in 0..<3 where set >> c & 1 == 1 {
          var total = 0.0
          for j in 0..<3 where set >> j & 1 == 1 {
            total += Enclosure(scores[j] - scores[c], precision: 64).exponential(precision: 64)
              .lower.double()
          }
          let log = Enclosure(Real(total).rational, precision: 64)
            .naturalLogarithm(precision: 64).lower.double()
          let weight = probabilities[set][c] * model.conditionals[c][1]
          sum += Enclosure(weight, precision: 64).lower.double() * log
        }
      }
      return sum
    }
    let found = loss.value(scores, precision: 80)
    #expect(abs(found.lower.double() - value(scores)) < 1e-14)
    let gradient = loss.gradient(scores, precision: 80)
    let step = Rational(1, 1 << 20)
    for j in 0..<3 {
      var (up, down) = (scores, scores)
      up[j] += step
      down[j] += -step
      let difference = (value(up) - value(down)) * Double(1 << 19)
      #expect(abs(gradient[j].lower.double() - difference) < 1e-8)
    }
  }
}
