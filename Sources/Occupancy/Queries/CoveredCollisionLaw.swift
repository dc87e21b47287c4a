// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The joint law of collisions and coverage: P(Col = m, and anchor and negatives show every class).
///
/// Col is the number of the K negatives whose class is the anchor's.
///
///     with replacement     sum_c rho_c binom(K,m) rho_c^m (K-m)! [x^(K-m)] prod_(j != c) (e^(rho_j x) - 1)
///     without              sum_c m_c/M binom(m_c - 1, m) [x^(K-m)] prod_(j != c) ((1+x)^(m_j) - 1)
///                          / binom(M-1, K)
///
/// With another `CoverageGoal` "cover" means that anchor and negatives together reach it: the
/// anchor's class counts if it has m - 1 negatives or more.
///
/// Edge cases: 0 when fewer than C - 1 negatives are left, K - m < C - 1.
///
/// Reference: Nozawa & Sato, NeurIPS 2021, arXiv 2102.06866, the event of their Theorem 8's proof.
public struct CoveredCollisionLaw: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// K, the number of negatives.
  public let negativeCount: Int
  /// The algorithm for coverage.
  public let method: OccupancyMethod
  /// What anchor and negatives are to show.
  private let requirement: Requirement

  /// - Parameters:
  ///   - law: The law of one label.
  ///   - sampling: With or without replacement; without needs a law of a finite set.
  ///   - negativeCount: K, at least 0; without replacement K + 1 is at most the number of items.
  ///   - method: The algorithm; the result does not depend on it.
  ///   - goal: What anchor and negatives are to show: every class once, unless told otherwise.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(
    law: LabelLaw, sampling: SamplingScheme, negativeCount: Int, method: OccupancyMethod = .auto,
    goal: CoverageGoal = .everyClassOnce
  ) throws(DomainError) {
    try law.check(sampling: sampling, negativeCount: negativeCount)
    requirement = try goal.requirement(for: law)
    try requirement.check(method)
    self.law = law
    self.sampling = sampling
    self.negativeCount = negativeCount
    self.method = method
  }

  /// P(Col = m, cover).
  ///
  /// - Parameter collisionCount: m, at least 0.
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  public func pmf(_ collisionCount: Int) throws -> ComputableReal {
    precondition(collisionCount >= 0, "a number of collisions is at least 0")
    let anchors = anchors(collisionCount)
    if anchors.isEmpty { return ComputableReal(0) }
    if law.classCount == 1 { return ComputableReal(1) }
    let byContour =
      anchors.count > 1 && requirement.isComplete && method != .inclusionExclusion
      && method != .stirling
    return ComputableReal { precision in
      byContour
        ? try contour(collisionCount, precision) ?? conditional(anchors, collisionCount, precision)
        : try conditional(anchors, collisionCount, precision)
    } isExactly: { candidate in
      try exact(anchors, collisionCount) == candidate
    }
  }

  // MARK: - One anchor class after another

  /// The classes of a part as the anchor's: the others must reach what is left of the goal with the
  /// rest of the draws.
  private struct Anchor: Sendable {
    let part: Requirement.Part
    /// The chance that they do, with K - m draws from them; nil if it is certain.
    let rest: CoverageProbability?
  }

  /// The parts that the anchor's class can be of, if it is to have m negatives and the goal is to
  /// be reached.
  ///
  /// The anchor's class counts if it comes m + 1 times or less.
  private func anchors(_ m: Int) -> [Anchor] {
    let left = negativeCount - m
    guard left >= 0 else { return [] }
    return (requirement.parts + requirement.free).compactMap { part in
      let counts = part.copies > 0 && m + 1 >= part.copies
      if sampling == .withoutReplacement {
        let (size, items) = (part.weight.int ?? .max, law.itemCount ?? 0)
        if m > size - 1 || left > items - size { return nil }
      }
      guard let rest = requirement.settingAside(part, counts: counts) else {
        // The only class: all draws show it.
        return left == 0 && (counts || requirement.needed == 0)
          ? Anchor(part: part, rest: nil) : nil
      }
      if rest.needed == 0 { return Anchor(part: part, rest: nil) }
      guard left > 0, rest.needed <= rest.classCount else { return nil }
      switch rest.certainty(drawCount: left, sampling) {
      case true: return Anchor(part: part, rest: nil)
      case false: return nil
      default:
        return Anchor(
          part: part,
          rest: CoverageProbability(
            requirement: rest, sampling: sampling, drawCount: left, method: method))
      }
    }
  }

  /// sum_c P(the anchor is of class c and has m negatives) v_(K-m)(the other classes).
  private func conditional(_ anchors: [Anchor], _ m: Int, _ precision: Int) throws -> Enclosure {
    let working = precision + 20 + 2 * (Int.bitWidth - negativeCount.leadingZeroBitCount)
    return try anchors.reduce(Enclosure(0)) { sum, anchor in
      let chance = self.chance(anchor.part, m, working)
      let covered = try anchor.rest?.tails(precision: working).probability ?? Enclosure(1)
      return sum.adding(chance.multiplied(by: covered, precision: working), precision: working)
    }
  }

  /// n_c rho_c binom(K,m) rho_c^m (1-rho_c)^(K-m), or n_c m_c/M binom(m_c-1,m) binom(M-m_c,K-m)/
  /// binom(M-1,K).
  private func chance(_ part: Requirement.Part, _ m: Int, _ precision: Int) -> Enclosure {
    let k = negativeCount
    let probability = Rational(part.weight, law.total)
    var value = RealBall(probability * Rational(part.classCount), precision: precision)
    if sampling == .withReplacement {
      var power = RealBall(probability, precision: precision)
      power.formPower(m)
      value.multiply(by: power)
      power.set(1 - probability)
      power.formPower(k - m)
      value.multiply(by: power)
      value.multiply(by: Factorials.binomial(k, m, precision: precision))
    } else {
      let (size, items) = (part.weight.int ?? 0, law.itemCount ?? 0)
      value.multiply(by: Factorials.binomial(size - 1, m, precision: precision))
      value.multiply(by: Factorials.binomial(items - size, k - m, precision: precision))
      value.divide(by: Factorials.binomial(items - 1, k, precision: precision))
    }
    return value.enclosure()
  }

  private func exact(_ anchors: [Anchor], _ m: Int) throws -> Rational {
    let k = negativeCount
    return try anchors.reduce(0) { sum, anchor in
      let covered = try anchor.rest?.exactValue() ?? 1
      let p = Rational(anchor.part.weight, law.total)
      let chance: Rational
      if sampling == .withReplacement {
        chance = Rational(Integer.binomial(k, m)) * p.power(m) * (1 - p).power(k - m)
      } else {
        let (size, items) = (anchor.part.weight.int ?? 0, law.itemCount ?? 0)
        chance = Rational(
          Integer.binomial(size - 1, m) * Integer.binomial(items - size, k - m),
          Integer.binomial(items - 1, k))
      }
      return sum + chance * covered * p * Rational(anchor.part.classCount)
    }
  }

  // MARK: - All anchor classes at once

  /// [z^(K-m)] J / W with W = M^(K+1) m!/K! or M binom(M-1, K); see `AnchorAside`. The lowest and
  /// the highest degree have no saddle point: nil.
  private func contour(_ m: Int, _ precision: Int) throws -> Enclosure? {
    let (k, left) = (negativeCount, negativeCount - m)
    let function = AnchorAside(OccupancyProduct(requirement, sampling), collisionCount: m)
    let (law, sampling) = (law, sampling)
    guard let degrees = function.degrees, degrees.lowerBound < left, left < degrees.upperBound
    else {
      return nil
    }
    return try ContourProbability(function: function, degree: left) { radius, precision in
      var weight = RealBall(law.total, precision: precision)
      var power = RealBall(precision: precision)
      power.set(radius)
      power.value.scale(byPowerOfTwo: -law.unitExponent)
      power.formPower(left)
      if sampling == .withReplacement {
        weight.formPower(k + 1)
        weight.multiply(by: Factorials.factorial(m, precision: precision))
        weight.divide(by: Factorials.factorial(k, precision: precision))
      } else {
        weight.multiply(
          by: Factorials.binomial((law.itemCount ?? 1) - 1, k, precision: precision))
      }
      weight.multiply(by: power)
      return weight
    }.enclosure(precision: precision)
  }
}
