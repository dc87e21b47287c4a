// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The probability v_n that n draws show every class: the coupon collector's distribution function.
/// With K negatives beside one anchor n = K + 1, and v_(K+1) is the upsilon of contrastive
/// learning.
///
///     with replacement     v_n = n!/M^n [z^n] prod_c (e^(w_c z) - 1)
///     without              v_n = [z^n] prod_c ((1 + z)^(m_c) - 1) / binom(M, n)
///
/// Three methods enclose it; `auto` takes truncated inclusion-exclusion where the sum over missed
/// classes converges without cancellation, else the contour integral. Another `CoverageGoal` than
/// every class once asks for several copies of a class, for some classes only, or for so many of
/// them.
///
/// Edge cases, exact: 0 when n < C; 1 when C = 1, and without replacement when n > M - min m_c.
///
/// Reference: Nozawa & Sato, *Understanding Negative Samples in Instance Discriminative
/// Self-supervised Representation Learning*, NeurIPS 2021, arXiv 2102.06866, eq. (9).
public struct CoverageProbability: CertifiedProbability {
  /// The law of one label.
  public var law: LabelLaw { requirement.law }
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// n, the number of draws.
  public let drawCount: Int
  /// The algorithm.
  public let method: OccupancyMethod
  /// What the draws are to show.
  let requirement: Requirement
  /// Whether coverage is certain (true), impossible (false) or neither (nil).
  public let certain: Bool?
  private let memo = Memo<Tails>()
  let fraction = Memo<Rational>()

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - drawCount: n, at least 1, at most 10^15, and at most the number of items without
  ///     replacement.
  ///   - method: The result does not depend on it. Inclusion-exclusion serves single copies only.
  ///   - goal: What the draws are to show.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(
    law: LabelLaw, sampling: SamplingScheme, drawCount: Int, method: OccupancyMethod = .auto,
    goal: CoverageGoal = .everyClassOnce
  ) throws(DomainError) {
    try self.init(
      checking: goal.requirement(for: law), sampling: sampling, drawCount: drawCount, method: method
    )
  }

  /// The same for a goal that many numbers of draws share.
  init(
    checking requirement: Requirement, sampling: SamplingScheme, drawCount: Int,
    method: OccupancyMethod = .auto
  ) throws(DomainError) {
    try requirement.law.check(sampling: sampling, drawCount: drawCount, name: "drawCount")
    try requirement.check(method)
    self.init(requirement: requirement, sampling: sampling, drawCount: drawCount, method: method)
  }

  init(requirement: Requirement, sampling: SamplingScheme, drawCount: Int, method: OccupancyMethod)
  {
    self.requirement = requirement
    self.sampling = sampling
    self.drawCount = drawCount
    self.method = method
    certain = requirement.certainty(drawCount: drawCount, sampling)
  }

  /// Notes both tails, with a relative width of at most 2^-precision each, found some other way.
  func note(_ tails: Tails, precision: Int) { memo.note(tails, precision: precision) }

  /// Whether tails of some precision are known.
  var isNoted: Bool { memo.known(1) != nil }

  /// v_n as a fraction.
  ///
  /// - Throws: `CapacityError` when its numerator and denominator would be too long.
  public func exactValue() throws -> Rational {
    if let certain { return certain ? 1 : 0 }
    if let value = exactValue(within: CapacityError.patience) { return value }
    throw CapacityError.longFraction(
      law, drawCount, of: "the exact coverage probability",
      suggestion: "ask for up to 1000 digits instead")
  }

  /// v_n and 1 - v_n, each with a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  /// - Complexity: Contour: O(precision) nodes of O(G log) products for G distinct class sizes.
  public func tails(precision: Int) throws -> Tails {
    try tails(memo, precision) { try compute($0) }
  }
}
