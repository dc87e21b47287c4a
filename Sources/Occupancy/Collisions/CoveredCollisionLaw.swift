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
/// With another `CoverageGoal` "cover" means that anchor and negatives together reach it: the anchor's
/// class counts if it has m - 1 negatives or more.
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
  public let goal: CoverageGoal

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
    try goal.check(law)
    try goal.check(method)
    self.goal = goal
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
    let anchors = try anchors(collisionCount)
    if anchors.isEmpty { return ComputableReal(0) }
    if law.classCount == 1 { return ComputableReal(1) }
    let byContour =
      goal.isPlain(for: law) && !law.isUniform && (method == .auto || method == .contour)
    return ComputableReal { precision in
      byContour
        ? try contour(collisionCount, precision)
        : try conditional(anchors, collisionCount, precision)
    } isExactly: { candidate in
      try exact(anchors, collisionCount) == candidate
    }
  }

  // MARK: - One anchor class after another

  /// The classes of a group as the anchor's: the others must all show among the rest of the draws.
  private struct Anchor: Sendable {
    let group: LabelLaw.Group
    /// The chance to cover the other classes with K - m draws from them; nil if there are none.
    let rest: CoverageProbability?
  }

  /// The groups that the anchor's class can be of, if it is to have m negatives and the other classes
  /// are to be covered.
  private func anchors(_ m: Int) throws -> [Anchor] {
    let left = negativeCount - m
    if !goal.isPlain(for: law) { return left < 0 ? [] : try anchors(m, left) }
    guard left >= max(0, law.classCount - 1) else { return [] }
    return try law.groups.indices.compactMap { index in
      let group = law.groups[index]
      guard let rest = law.removingClass(ofGroup: index) else {
        return left == 0 ? Anchor(group: group, rest: nil) : nil
      }
      if sampling == .withoutReplacement {
        let (size, others) = (group.weight.int ?? .max, rest.itemCount ?? 0)
        if m > size - 1 || left > others { return nil }
      }
      let coverage = try CoverageProbability(
        law: rest, sampling: sampling, drawCount: left, method: method)
      return Anchor(group: group, rest: coverage)
    }
  }

  /// The same for a goal other than every class once: the other classes are to reach what is left of it.
  private func anchors(_ m: Int, _ left: Int) throws -> [Anchor] {
    let needed = goal.classCount(of: law) - (m + 1 >= goal.copies ? 1 : 0)
    return try law.groups.indices.compactMap { index in
      let group = law.groups[index]
      let rest = law.removingClass(ofGroup: index)
      if sampling == .withoutReplacement {
        let (size, others) = (group.weight.int ?? .max, rest?.itemCount ?? 0)
        if m > size - 1 || left > others { return nil }
      }
      if rest == nil && left > 0 { return nil }
      if needed == 0 { return Anchor(group: group, rest: nil) }
      guard let rest, left > 0, needed <= rest.classCount else { return nil }
      let coverage = try CoverageProbability(
        law: rest, sampling: sampling, drawCount: left, method: method,
        goal: CoverageGoal(copies: goal.copies, classCount: needed))
      return coverage.certain == false ? nil : Anchor(group: group, rest: coverage)
    }
  }

  /// sum_c P(the anchor is of class c and has m negatives) v_(K-m)(the other classes).
  private func conditional(_ anchors: [Anchor], _ m: Int, _ precision: Int) throws -> Enclosure {
    let working = precision + 20 + 2 * (Int.bitWidth - negativeCount.leadingZeroBitCount)
    return try anchors.reduce(Enclosure(0)) { sum, anchor in
      let chance = self.chance(anchor.group, m, working)
      let covered = try anchor.rest?.tails(precision: working).probability ?? Enclosure(1)
      return sum.adding(chance.multiplied(by: covered, precision: working), precision: working)
    }
  }

  /// n_c rho_c binom(K,m) rho_c^m (1-rho_c)^(K-m), or n_c m_c/M binom(m_c-1,m) binom(M-m_c,K-m)/
  /// binom(M-1,K).
  private func chance(_ group: LabelLaw.Group, _ m: Int, _ precision: Int) -> Enclosure {
    let k = negativeCount
    var value = RealBall(
      law.probability(of: group) * Rational(group.classCount), precision: precision)
    if sampling == .withReplacement {
      var power = RealBall(law.probability(of: group), precision: precision)
      power.formPower(m)
      value.multiply(by: power)
      power.set(1 - law.probability(of: group))
      power.formPower(k - m)
      value.multiply(by: power)
      value.multiply(by: Factorials.binomial(k, m, precision: precision))
    } else {
      let (size, items) = (group.weight.int ?? 0, law.itemCount ?? 0)
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
      let p = law.probability(of: anchor.group)
      let chance: Rational
      if sampling == .withReplacement {
        chance = Rational(Integer.binomial(k, m)) * p.power(m) * (1 - p).power(k - m)
      } else {
        let (size, items) = (anchor.group.weight.int ?? 0, law.itemCount ?? 0)
        chance = Rational(
          Integer.binomial(size - 1, m) * Integer.binomial(items - size, k - m),
          Integer.binomial(items - 1, k))
      }
      return sum + chance * covered * p * Rational(anchor.group.classCount)
    }
  }

  // MARK: - All anchor classes at once

  /// [z^(K-m)] J / W with W = M^(K+1) m!/K! or M binom(M-1, K); see `AnchorFunction`.
  private func contour(_ m: Int, _ precision: Int) throws -> Enclosure {
    let (k, left) = (negativeCount, negativeCount - m)
    let function = AnchorFunction(law: law, sampling: sampling, collisionCount: m)
    let (law, sampling) = (law, sampling)
    // The lowest and the highest degree have no saddle point.
    if function.degrees.lowerBound == left || function.degrees.upperBound == left {
      return try conditional(anchors(m), m, precision)
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
