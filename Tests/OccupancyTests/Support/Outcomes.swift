// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels

/// All outcomes of n draws from a small law, with their exact probabilities: the definition itself.
///
/// An outcome says how many draws each class got; its probability is multinomial with replacement,
/// multivariate hypergeometric without.
struct Outcomes {
  struct Outcome {
    let counts: [Int]
    let probability: Rational
  }

  let all: [Outcome]
  private let drawCount: Int

  /// - Parameter weights: One for each class; the numbers of items without replacement.
  init(weights: [Int], sampling: SamplingScheme, drawCount: Int) {
    self.drawCount = drawCount
    let total = weights.reduce(0, +)
    let denominator =
      sampling == .withReplacement
      ? Integer(total).power(drawCount) : Integer.binomial(total, drawCount)
    var outcomes: [Outcome] = []
    func extend(_ counts: [Int], _ left: Int, _ ways: Integer) {
      let c = counts.count
      if c == weights.count {
        if left == 0 {
          outcomes.append(Outcome(counts: counts, probability: Rational(ways, denominator)))
        }
        return
      }
      for k in 0...left {
        // Which of the draws left fall in class c, and on which of its items.
        let choices =
          sampling == .withReplacement
          ? Integer.binomial(left, k) * Integer(weights[c]).power(k)
          : Integer.binomial(weights[c], k)
        if choices.signum > 0 { extend(counts + [k], left - k, ways * choices) }
      }
    }
    extend([], drawCount, 1)
    all = outcomes
  }

  /// The probability of an event.
  func probability(_ event: ([Int]) -> Bool) -> Rational {
    all.reduce(0) { event($1.counts) ? $0 + $1.probability : $0 }
  }

  /// The probability that the first draw, the anchor, has a class whose other draws number `m` in an
  /// event: by symmetry the anchor's class is c with probability counts[c]/n.
  func anchorProbability(collisions m: Int, _ event: ([Int]) -> Bool) -> Rational {
    all.reduce(0) { sum, outcome in
      guard event(outcome.counts) else { return sum }
      let matching = outcome.counts.reduce(0) { $1 == m + 1 ? $0 + $1 : $0 }
      return sum + outcome.probability * Rational(matching, drawCount)
    }
  }
}

/// A random law of a few classes and a number of draws that `Outcomes` can enumerate.
struct SmallCase: CustomStringConvertible {
  let weights: [Int]
  let sampling: SamplingScheme
  let drawCount: Int

  init(_ random: inout SplitMix64) {
    let classes = Int.random(in: 1...5, using: &random)
    let isUniform = Bool.random(using: &random)
    let size = Int.random(in: 1...6, using: &random)
    weights = (0..<classes).map { _ in isUniform ? size : Int.random(in: 1...6, using: &random) }
    sampling = Bool.random(using: &random) ? .withReplacement : .withoutReplacement
    let most = sampling == .withReplacement ? 12 : min(12, weights.reduce(0, +))
    drawCount = Int.random(in: 1...most, using: &random)
  }

  var distribution: LabelDistribution {
    get throws { try LabelDistribution(counts: weights) }
  }

  var outcomes: Outcomes { Outcomes(weights: weights, sampling: sampling, drawCount: drawCount) }

  var description: String { "\(drawCount) draws \(sampling) from \(weights)" }
}
