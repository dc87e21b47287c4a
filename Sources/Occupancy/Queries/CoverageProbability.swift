// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The probability v_n that n draws show every class: the coupon collector's distribution function.
///
/// With K negatives beside one anchor n = K + 1, and v_(K+1) is the upsilon of contrastive learning.
///
///     with replacement     v_n = n!/M^n [z^n] prod_c (e^(w_c z) - 1)
///     without              v_n = [z^n] prod_c ((1 + z)^(m_c) - 1) / binom(M, n)
///
/// Three methods enclose it; `auto` takes truncated inclusion-exclusion where the sum over missed
/// classes converges without cancellation, else the contour integral.
///
/// Another `CoverageGoal` than every class once, at least j classes at least m times each, is served by
/// contour integrals likewise.
///
/// Edge cases, exact: 0 when n < C; 1 when C = 1, and without replacement when n > M - min m_c.
///
/// Reference: Nozawa & Sato, *Understanding Negative Samples in Instance Discriminative
/// Self-supervised Representation Learning*, NeurIPS 2021, arXiv 2102.06866, eq. (9).
public struct CoverageProbability: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// n, the number of draws.
  public let drawCount: Int
  /// The algorithm.
  public let method: OccupancyMethod
  /// What the draws are to show.
  public let goal: CoverageGoal

  private let memo = Memo<Tails>()

  /// - Parameters:
  ///   - law: The law of one label.
  ///   - sampling: With or without replacement; without needs a law of a finite set.
  ///   - drawCount: n, at least 1, at most 10^15, and at most the number of items without
  ///     replacement.
  ///   - method: The algorithm; the result does not depend on it. Inclusion-exclusion serves single
  ///     copies only.
  ///   - goal: What the draws are to show: every class once, unless told otherwise.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(
    law: LabelLaw, sampling: SamplingScheme, drawCount: Int, method: OccupancyMethod = .auto,
    goal: CoverageGoal = .everyClassOnce
  ) throws(DomainError) {
    try law.check(sampling: sampling, drawCount: drawCount, name: "drawCount")
    try goal.check(law)
    try goal.check(method)
    self.goal = goal
    self.law = law
    self.sampling = sampling
    self.drawCount = drawCount
    self.method = method
  }

  /// Notes both tails, with a relative width of at most 2^-precision each, found some other way.
  func note(_ tails: Tails, precision: Int) { memo.note(tails, precision: precision) }

  /// Whether tails of some precision are known.
  var isNoted: Bool { memo.isNoted }

  // MARK: - Values

  /// v_n.
  public var value: ComputableReal {
    if let certain { return ComputableReal(certain ? 1 : 0) }
    return ComputableReal {
      try tails(precision: $0).probability
    } isExactly: { candidate in
      try isExactly(candidate)
    }
  }

  /// 1 - v_n, the probability that some class is missed, from its own formula when it is small.
  public var complement: ComputableReal {
    if let certain { return ComputableReal(certain ? 0 : 1) }
    return ComputableReal {
      try tails(precision: $0).complement
    } isExactly: { candidate in
      try isExactly(1 - candidate)
    }
  }

  /// The decimal logarithm of v_n.
  public var log10: ComputableReal {
    .decimalLogarithm(certain.map { $0 }) {
      try tails(precision: $0)
    } equals: {
      try isExactly($0)
    }
  }

  /// The decimal logarithm of 1 - v_n.
  public var log10Complement: ComputableReal {
    .decimalLogarithm(certain.map { !$0 }) { precision in
      let tails = try tails(precision: precision)
      return Tails(probability: tails.complement, complement: tails.probability)
    } equals: {
      try isExactly(1 - $0)
    }
  }

  /// v_n as a fraction.
  ///
  /// - Throws: `CapacityError` when its numerator and denominator would be too long.
  public func exactValue() throws -> Rational {
    if let certain { return certain ? 1 : 0 }
    if let value = exactIfCheap(workLimit: 2e10) { return value }
    let digits = Int(min(Double(drawCount) * law.total.decimalLogarithm, 1e18))
    throw CapacityError(
      request:
        "the exact coverage probability for \(law.classCount) classes and \(drawCount) draws",
      estimate: "fractions of \(digits) digits from too many terms",
      suggestion: "ask for up to 1000 digits instead")
  }

  /// v_n and 1 - v_n, each with a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  /// - Complexity: Contour: O(precision) nodes of O(G log) products for G distinct class sizes.
  public func tails(precision: Int) throws -> Tails {
    if let certain {
      return Tails(probability: Enclosure(certain ? 1 : 0), complement: Enclosure(certain ? 0 : 1))
    }
    return try memo.value(precision) { try special?.compute($0) ?? compute($0) }
  }

  // MARK: - Certain cases

  /// Whether coverage is certain (true), impossible (false) or neither (nil).
  var certain: Bool? {
    if let special { return special.certain }
    if drawCount < law.classCount { return false }
    if law.classCount == 1 { return true }
    if sampling == .withoutReplacement, let items = law.itemCount,
      let smallest = law.smallestWeight.int, drawCount > items - smallest
    {
      return true
    }
    return nil
  }

  /// What serves a goal other than every class once.
  private var special: GoalProbability? {
    goal.isPlain(for: law)
      ? nil
      : GoalProbability(
        law: law, sampling: sampling, drawCount: drawCount, goal: goal, method: method)
  }

  private func isExactly(_ candidate: Rational) throws -> Bool {
    // Neither certain nor impossible.
    if candidate.signum <= 0 || candidate >= 1 { return false }
    return try exactValue() == candidate
  }

  func exactIfCheap(workLimit: Double) -> Rational? {
    if let special { return special.exactIfCheap(workLimit: workLimit) }
    return InclusionExclusion(law: law, sampling: sampling, drawCount: drawCount)
      .exactValue(workLimit: workLimit)
      ?? ClassConvolution(law: law, sampling: sampling).coverage(
        drawCount: drawCount, workLimit: workLimit)
  }
}
