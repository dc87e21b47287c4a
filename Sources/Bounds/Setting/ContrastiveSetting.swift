// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels
public import Occupancy

/// What the probabilities of all bounds depend on: the law of labels, the number of negatives K and
/// how they are drawn; and the temperature t.
public struct ContrastiveSetting: Sendable {
  /// The class sizes, or a uniform law.
  public let classSizes: LabelDistribution
  /// How anchors and negatives are drawn.
  public let sampling: SamplingScheme
  /// K, the number of negatives.
  public let negativeCount: Int
  /// t > 0.
  public let temperature: Rational

  /// P(cover): v_(K+1).
  public let coverage: CoverageProbability
  /// The law of Col.
  public let collisions: CollisionLaw
  /// The law of Col with the event that all classes are drawn.
  public let coveredCollisions: CoveredCollisionLaw

  /// - Parameters:
  ///   - classSizes: The class sizes, or a uniform law, which is infinite.
  ///   - sampling: With or without replacement; without needs class sizes.
  ///   - negativeCount: K, at least 0; without replacement K + 1 is at most the number of items.
  ///   - temperature: t > 0.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(
    classSizes: LabelDistribution, sampling: SamplingScheme, negativeCount: Int,
    temperature: Rational
  ) throws(DomainError) {
    guard temperature.signum > 0 else {
      throw DomainError(
        parameter: "temperature", value: temperature.description, requirement: "must be above 0")
    }
    let law = LabelLaw(classSizes)
    collisions = try CollisionLaw(law: law, sampling: sampling, negativeCount: negativeCount)
    coverage = try CoverageProbability(
      law: law, sampling: sampling, drawCount: negativeCount + 1)
    coveredCollisions = try CoveredCollisionLaw(
      law: law, sampling: sampling, negativeCount: negativeCount)
    self.classSizes = classSizes
    self.sampling = sampling
    self.negativeCount = negativeCount
    self.temperature = temperature
  }

  // MARK: - Quantities

  /// C.
  public var classCount: Int { classSizes.classCount }

  /// B = 1/t.
  var inverseTemperature: Rational { 1 / temperature }

  /// Whether negatives are independent of the anchor and each other.
  var isIndependent: Bool { sampling == .withReplacement }

  /// E ln(1 + Col): 0, or the logarithm of an algebraic number other than 1.
  var expectedLog: ComputableReal { collisions.expectedLog }

  /// A probability for a bound that has E ln(1 + Col) in its numerator: where that is 0 the bound
  /// is a fraction, and so the probability must be one too.
  func divisor(
    _ probability: ComputableReal, exactly exact: () throws -> Rational
  ) rethrows -> ComputableReal {
    if probability.exact != nil || expectedLog.exact == nil { return probability }
    return ComputableReal(try exact())
  }

  /// H(rho), the loss of guessing with the class probabilities.
  var labelEntropy: ComputableReal {
    let (groups, total) = (classSizes.groups, total)
    if classSizes.isUniform { return .naturalLogarithm(classCount) }
    return .irrational { precision in
      groups.reduce(Enclosure(0)) { sum, group in
        let log = Enclosure(Rational(total, group.size), precision: precision)
          .naturalLogarithm(precision: precision)
        let share = Rational(Integer(group.size) * Integer(group.classCount), Integer(total))
        return sum.adding(log.scaled(by: share, precision: precision), precision: precision)
      }
    }
  }
}
