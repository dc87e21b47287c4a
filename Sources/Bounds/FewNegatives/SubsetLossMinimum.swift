// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision

/// What minimising the subset loss does for the supervised loss, on a finite model and with
/// unrestricted scores.
///
/// With K + 1 < C draws the supervised loss itself is never seen, for v = 0. For equally likely
/// classes the minimiser of the subset loss is the best classifier all the same. Otherwise it is
/// not: with K = 1 it is q_j = ln D_j, which knows nothing of the class law, and its loss falls to
/// the optimum as K grows.
///
/// Numbers can be had to about 300 digits: corrections of the scores are doubles.
///
/// Reference: K. Nozawa and I. Sato, NeurIPS 2021, arXiv 2102.06866; the minimiser is this
/// project's.
public struct SubsetLossMinimum: Sendable {
  /// The model.
  public let model: FiniteModel

  /// K.
  public let negativeCount: Int

  /// P(anchor is j, set is S).
  private let probabilities: [[Rational]]

  /// The minimum for K negatives.
  ///
  /// - Throws: `DomainError` if there is no negative, whose subset loss is 0 for all scores.
  /// - Complexity: O(3^C C) fractions.
  public init(model: FiniteModel, negativeCount: Int) throws(DomainError) {
    guard negativeCount >= 1 else {
      throw DomainError(
        parameter: "negativeCount", value: "\(negativeCount)", requirement: "must be at least 1")
    }
    self.model = model
    self.negativeCount = negativeCount
    probabilities = SubsetLoss.anchorProbabilities(
      model.classProbabilities, negativeCount: negativeCount)
  }

  /// v, the probability that K + 1 draws show every class: 0 when K + 1 < C.
  public var coverageProbability: Rational {
    probabilities[probabilities.count - 1].reduce(Rational(0)) { $0 + $1 }
  }

  /// The least subset loss, E l_sub at its minimiser.
  public var subsetLoss: ComputableReal {
    .irrational { precision in
      try sum(precision: precision) { loss, _, solution in
        // Above the minimum by at most `excess`.
        let low = Enclosure(lower: solution.excess.negated.lower, upper: Real(0))
        return loss.value(solution.scores, precision: precision)
          .adding(low, precision: precision)
      }
    }
  }

  /// The supervised loss at the minimiser of the subset loss.
  public var supervisedLoss: ComputableReal {
    if model.isUniform { return model.optimalSupervisedLoss }
    return .irrational { precision in try minimizerLoss(precision: precision) }
  }

  /// How much more that is than the least supervised loss: exactly 0 for equally likely classes.
  ///
  /// Computing throws `ConvergenceError` if it is 0 for other ones, such as for observations that
  /// say nothing of the class and K in which weights happen to agree.
  public var excess: ComputableReal {
    if model.isUniform { return ComputableReal(0) }
    return .irrational { precision in
      try minimizerLoss(precision: precision).subtracting(
        model.optimalSupervisedLoss.enclosure(precision: precision), precision: precision)
    }
  }

  /// The supervised loss at the minimiser, by way of the minimiser whatever the class law.
  func minimizerLoss(precision: Int) throws -> Enclosure {
    try sum(precision: precision) { _, x, solution in
      supervisedPart(x, of: solution.scores, within: solution.distance, precision: precision)
    }
  }

  /// What an observation contributes to the supervised loss, for all scores of which none is
  /// further from those than `distance`.
  func supervisedPart(
    _ x: Int, of scores: [Rational], within distance: Enclosure, precision: Int
  ) -> Enclosure {
    let total = SubsetLoss.sum(
      Array(scores.indices), SubsetLoss.exponentials(scores, precision: precision), precision)
    let log = total.naturalLogarithm(precision: precision)
    var sum = Enclosure(0)
    for c in scores.indices {
      let loss = log.subtracting(Enclosure(scores[c], precision: precision), precision: precision)
      sum = sum.adding(
        loss.scaled(by: model.joint(c, x), precision: precision), precision: precision)
    }
    // The gradient p(x) (soft-max less class probabilities) has a 1-norm of at most 2 p(x).
    let error = distance.scaled(by: model.marginal(x) * 2, precision: 64)
    return sum.adding(
      Enclosure(lower: error.negated.lower, upper: error.upper), precision: precision)
  }

  /// The sum over all observations of what `part` makes of the loss there and its minimiser.
  private func sum(
    precision: Int, _ part: (SubsetLoss, _ x: Int, SubsetLossMinimizer.Solution) throws -> Enclosure
  ) throws -> Enclosure {
    var sum = Enclosure(0)
    for x in 0..<model.observationCount {
      let loss = SubsetLoss(model, observation: x, probabilities: probabilities)
      let solution = try SubsetLossMinimizer(loss).solution(precision: precision)
      sum = sum.adding(try part(loss, x, solution), precision: precision)
    }
    return sum
  }
}
