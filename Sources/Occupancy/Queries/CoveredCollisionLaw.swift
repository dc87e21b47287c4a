// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The joint law of collisions and coverage: P(Col = m, and anchor and negatives show every class).
///
/// Col is the number of the K negatives whose class is the anchor's.
///
///     with replacement     sum_c rho_c binom(K,m) rho_c^m (K-m)!
///                          * [x^(K-m)] prod_(j != c) (e^(rho_j x) - 1)
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
  /// What K draws from the other classes show, if all classes are equal and it is known.
  fileprivate var rest: CoverageProbability?

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - negativeCount: K, at least 0; without replacement K + 1 is at most the number of items.
  ///   - method: The result does not depend on it.
  ///   - goal: What anchor and negatives are to show.
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
    if let integral = contour(collisionCount) {
      return ComputableReal(enclosure: integral) {
        try exact(self.anchors(collisionCount), collisionCount) == $0
      }
    }
    let anchors = anchors(collisionCount)
    if anchors.isEmpty { return ComputableReal(0) }
    if law.classCount == 1 { return ComputableReal(1) }
    return ComputableReal(
      enclosure: { try conditional(anchors, collisionCount, $0) },
      fraction: { try exact(anchors, collisionCount) },
      isExactly: { try exact(anchors, collisionCount) == $0 })
  }

  /// The classes of a part as the anchor's: the others must reach what is left of the goal with the
  /// rest of the draws.
  private struct Anchor: Sendable {
    let part: Requirement.Part
    /// The chance that the others do, with K - m draws from them; nil if it is certain.
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
      if sampling == .withoutReplacement, !collisions(part).support.contains(m) { return nil }
      guard let rest = requirement.settingAside(part, counts: counts) else {
        // The only class: all draws show it.
        return left == 0 && (counts || requirement.needed == 0)
          ? Anchor(part: part, rest: nil) : nil
      }
      if rest.needed == 0 { return Anchor(part: part, rest: nil) }
      guard left > 0, rest.needed <= rest.classCount else { return nil }
      let known = m == 0 ? self.rest : nil
      let coverage =
        known
        ?? CoverageProbability(
          requirement: rest, sampling: sampling, drawCount: left, method: method)
      if coverage.certain == false { return nil }
      return Anchor(part: part, rest: coverage.certain == true ? nil : coverage)
    }
  }

  /// The law of the collisions of an anchor of a class of a part.
  private func collisions(_ part: Requirement.Part) -> CountLaw {
    .collisions(
      ownWeight: part.weight, total: law.total, sampling: sampling, negativeCount: negativeCount)
  }

  /// The probability that the anchor is of such a class.
  private func share(_ part: Requirement.Part) -> Rational {
    Rational(part.weight * Integer(part.classCount), law.total)
  }

  /// sum_c P(the anchor is of class c and has m negatives) v_(K-m)(the other classes): a sum of
  /// products of two factors, of which the second one has four bits more than the result.
  private func conditional(_ anchors: [Anchor], _ m: Int, _ precision: Int) throws -> Enclosure {
    let working = precision + 20 + 2 * negativeCount.bitLength
    return try anchors.reduce(Enclosure(0)) { sum, anchor in
      let chance = collisions(anchor.part).pmf(m, precision: working).enclosure().scaled(
        by: share(anchor.part), precision: working)
      let covered = try anchor.rest?.tails(precision: precision + 4).probability ?? Enclosure(1)
      return sum.adding(chance.multiplied(by: covered, precision: working), precision: working)
    }
  }

  private func exact(_ anchors: [Anchor], _ m: Int) throws -> Rational {
    try anchors.reduce(0) { sum, anchor in
      let covered = try anchor.rest?.exactValue() ?? 1
      return sum + collisions(anchor.part).exactPMF(m) * covered * share(anchor.part)
    }
  }

  /// [z^(K-m)] J / W with W = M^(K+1) m!/K! or M binom(M-1, K); see `AnchorAside`. Nil for the
  /// lowest and the highest degree, which have no saddle point, and where it is not the method.
  private func contour(_ m: Int) -> ComputableReal.Enclose? {
    let (k, left) = (negativeCount, negativeCount - m)
    // Where a class has fewer items than it must come, no degree has a saddle point.
    guard requirement.isComplete, requirement.reachableCount(sampling) == requirement.classCount,
      requirement.parts.count + requirement.free.count > 1, method != .inclusionExclusion,
      method != .stirling
    else { return nil }
    let function = AnchorAside(OccupancyProduct(requirement, sampling), collisionCount: m)
    let (law, sampling) = (law, sampling)
    guard let degrees = function.degrees, degrees.lowerBound < left, left < degrees.upperBound
    else { return nil }
    let integral = ContourProbability(function: function, degree: left) { radius, precision in
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
        weight.multiply(by: Factorials.binomial((law.itemCount ?? 1) - 1, k, precision: precision))
      }
      weight.multiply(by: power)
      return weight
    }
    return { try integral.enclosure(precision: $0) }
  }
}

/// Laws of collisions and coverage for one number of negatives after another. Where all classes are
/// equal, what the draws show of the others comes from a `CoverageCurve`.
public struct CoveredCollisionCurve: Sendable {
  /// How labels are drawn.
  public let sampling: SamplingScheme
  private let make: @Sendable (_ negativeCount: Int) throws(DomainError) -> CoveredCollisionLaw
  private var rest: CoverageCurve?

  /// - Parameter significantDigits: The digits that will be asked for.
  public init(
    law: LabelLaw, sampling: SamplingScheme, method: OccupancyMethod = .auto,
    goal: CoverageGoal = .everyClassOnce, significantDigits: Int = 17
  ) {
    self.sampling = sampling
    make = { negativeCount throws(DomainError) in
      try CoveredCollisionLaw(
        law: law, sampling: sampling, negativeCount: negativeCount, method: method, goal: goal)
    }
    guard let requirement = try? goal.requirement(for: law), requirement.free.isEmpty,
      requirement.isEven, requirement.isSingle,
      let others = requirement.settingAside(requirement.parts[0], counts: true), others.needed > 0
    else { return }
    rest = CoverageCurve(
      others, sampling: sampling, method: method, significantDigits: significantDigits)
  }

  /// The law for K negatives; fastest when called with rising equidistant K.
  ///
  /// - Throws: `DomainError` as `CoveredCollisionLaw` does.
  public mutating func law(negativeCount: Int) throws(DomainError) -> CoveredCollisionLaw {
    var law = try make(negativeCount)
    if negativeCount > 0, rest.map({ negativeCount <= $0.law.itemCount ?? .max }) ?? false {
      law.rest = try rest?.coverage(drawCount: negativeCount)
    }
    return law
  }
}
