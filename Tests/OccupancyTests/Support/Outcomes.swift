// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import ArbitraryPrecision
import Labels
import Randomness

@testable import Occupancy

/// All outcomes of n draws from a small law, with their exact probabilities: the definition itself.
///
/// An outcome says how many draws each class got; its probability is multinomial with replacement,
/// multivariate hypergeometric without. Draws that show no class are in none of the counts.
struct Outcomes {
  /// The counts, and in how many ways they come about.
  private let all: [(counts: [Int], ways: Integer)]
  /// All ways.
  private let denominator: Integer
  private let drawCount: Int

  /// - Parameters:
  ///   - weights: One for each class; the numbers of items without replacement.
  ///   - blank: The weight of draws that show no class.
  init(weights: [Int], blank: Int = 0, sampling: SamplingScheme, drawCount: Int) {
    self.drawCount = drawCount
    let total = weights.reduce(blank, +)
    denominator =
      sampling == .withReplacement
      ? Integer(total).power(drawCount) : Integer.binomial(total, drawCount)
    var outcomes: [(counts: [Int], ways: Integer)] = []
    func extend(_ counts: [Int], _ left: Int, _ ways: Integer) {
      let c = counts.count
      if c == weights.count {
        // What is left shows no class.
        if blank == 0 && left > 0 { return }
        let choices =
          sampling == .withReplacement
          ? Integer(blank).power(left) : Integer.binomial(blank, left)
        let all = ways * choices
        if all.signum > 0 { outcomes.append((counts, all)) }
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

  /// The mean of a whole number.
  func mean(_ value: ([Int]) -> Int) -> Rational {
    var sum = Integer(0)
    for (counts, ways) in all {
      let value = value(counts)
      if value != 0 { sum = sum + (value == 1 ? ways : ways * Integer(value)) }
    }
    return Rational(sum, denominator)
  }

  /// The probability of an event.
  func probability(_ event: ([Int]) -> Bool) -> Rational { mean { event($0) ? 1 : 0 } }

  /// The probability that the first draw, the anchor, has a class whose other draws number `m` in
  /// an event: by symmetry the anchor's class is c with probability counts[c]/n.
  func anchorProbability(collisions m: Int, _ event: ([Int]) -> Bool) -> Rational {
    let matching = mean { counts in
      event(counts) ? counts.reduce(0) { $1 == m + 1 ? $0 + $1 : $0 } : 0
    }
    return matching / Rational(drawCount)
  }
}

/// A random law of a few classes and a number of draws that `Outcomes` can enumerate.
struct SmallCase: CustomStringConvertible {
  let weights: [Int]
  let sampling: SamplingScheme
  let drawCount: Int
  /// The weight of draws that show no class.
  let blank: Int

  /// - Parameter hasBlank: Whether some draws show no class: with replacement only.
  init(_ random: inout SplitMix64, hasBlank: Bool = false) {
    let classes = Int.random(in: 1...5, using: &random)
    let isUniform = Bool.random(using: &random)
    let size = Int.random(in: 1...6, using: &random)
    weights = (0..<classes).map { _ in isUniform ? size : Int.random(in: 1...6, using: &random) }
    sampling =
      hasBlank || Bool.random(using: &random) ? .withReplacement : .withoutReplacement
    blank = hasBlank ? Int.random(in: 1...12, using: &random) : 0
    let most = sampling == .withReplacement ? 12 : min(12, weights.reduce(0, +))
    drawCount = Int.random(in: 1...most, using: &random)
  }

  var distribution: LabelDistribution {
    get throws { try LabelDistribution(counts: weights) }
  }

  /// The law with its classes in the order of the weights.
  var law: LabelLaw {
    get throws {
      if blank == 0 { return try .counts(weights) }
      let total = weights.reduce(blank, +)
      return try LabelLaw(probabilities: weights.map { Rational($0, total) }, blank: true)
    }
  }

  var outcomes: Outcomes {
    Outcomes(weights: weights, blank: blank, sampling: sampling, drawCount: drawCount)
  }

  var description: String { "\(drawCount) draws \(sampling) from \(weights), blank \(blank)" }
}
