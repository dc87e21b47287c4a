// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The number T of draws at which a `CoverageGoal` is reached: the coupon collector's waiting time
/// for the last of all classes.
///
/// P(T <= n) = v_n (`CoverageProbability`). Moments of laws with few subset weights are fractions
/// (`ExactWaitingMoments`), all others come from a certified quadrature (`WaitingQuadrature`);
/// quantiles from a few certified coverage probabilities (`QuantileSearch`).
///
/// Edge cases, exact: T = 1 for one class; T = M when all M items differ, without replacement.
///
/// Reference: Flajolet, Gardy, Thimonier, *Birthday paradox, coupon collectors, caching algorithms
/// and self-organizing search*, Discrete Applied Mathematics 39 (1992), theorem 4.2 for unequal
/// classes.
public struct WaitingTime: Sendable {
  /// The law of one label.
  public var law: LabelLaw { requirement.law }
  /// How labels are drawn.
  public let sampling: SamplingScheme

  let requirement: Requirement
  let memo = Memo<WaitingMoments>()
  private let exactMemo = Memo<ExactWaitingMoments?>()

  /// The most classes for goals other than every class once: sums over them take a minute.
  private static let goalClassLimit = 100_000_000

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - goal: What the draws are to show.
  /// - Throws: `DomainError` for sampling without replacement from a law without items, and for a
  ///   goal that no number of draws reaches.
  public init(law: LabelLaw, sampling: SamplingScheme, goal: CoverageGoal = .everyClassOnce)
    throws(DomainError)
  {
    try law.check(sampling: sampling)
    requirement = try goal.requirement(for: law)
    try requirement.checkReach(sampling)
    let isPlain = requirement.isSingle && requirement.isComplete
    try DomainError.unless(
      isPlain || law.classCount <= Self.goalClassLimit, "classes", law.classCount,
      "must be at most \(Self.goalClassLimit) for waiting for copies or some classes")
    self.sampling = sampling
  }

  // MARK: - Probabilities

  /// P(T <= n), T's distribution function, and what goes with it: its complement and logarithms.
  ///
  /// - Parameter drawCount: n, at least 1, at most 10^15, and at most the number of items without
  ///   replacement.
  /// - Throws: `DomainError` for another n.
  public func coverage(_ drawCount: Int) throws(DomainError) -> CoverageProbability {
    try CoverageProbability(checking: requirement, sampling: sampling, drawCount: drawCount)
  }

  /// P(T <= n) for any n: 0 below 1, 1 beyond the number of items without replacement.
  ///
  /// - Throws: `DomainError` for n beyond 10^15.
  public func cdf(_ drawCount: Int) throws(DomainError) -> ComputableReal {
    try point(drawCount).value
  }

  /// P(T > n), from its own formula when it is small.
  ///
  /// - Throws: `DomainError` for n beyond 10^15.
  public func ccdf(_ drawCount: Int) throws(DomainError) -> ComputableReal {
    try point(drawCount).complement
  }

  /// ln P(T <= n), in nats; minus infinity where it is impossible.
  ///
  /// - Throws: `DomainError` for n beyond 10^15.
  public func logCDF(_ drawCount: Int) throws(DomainError) -> ComputableReal {
    try point(drawCount).logarithm
  }

  /// ln P(T > n), in nats; minus infinity where T <= n is certain.
  ///
  /// - Throws: `DomainError` for n beyond 10^15.
  public func logCCDF(_ drawCount: Int) throws(DomainError) -> ComputableReal {
    try point(drawCount).logarithmOfComplement
  }

  /// P(T <= n) for any n where it is certain, too.
  package func point(_ n: Int) throws(DomainError) -> CoverageProbability {
    let point = CoverageProbability(
      requirement: requirement, sampling: sampling, drawCount: n, method: .auto)
    return point.certain == nil ? try coverage(n) : point
  }

  /// The numbers of draws that T can be: from the fewest that reach the goal to one more than the
  /// most that can miss it, or `Int.max`.
  package var reach: ClosedRange<Int> {
    requirement.leastDraws(sampling)...(requirement.failureLimit(sampling).map { $0 + 1 } ?? .max)
  }

  // MARK: - Moments

  /// E[T], in draws; its enclosures throw `CapacityError` where they would take minutes.
  ///
  /// Complexity: O(digits log) nodes of O(G log) products for G distinct class sizes.
  public var mean: ComputableReal { certifiedMean }

  /// Var[T], in squared draws; exactly 0 where T is certain.
  public var variance: ComputableReal { certifiedVariance }

  /// The square root of the variance, in draws.
  public var standardDeviation: ComputableReal { variance.squareRoot }

  // MARK: - Quantiles

  /// The least n with P(T <= n) >= p, proven: v_(n-1) < p <= v_n.
  ///
  /// - Parameter probability: p, 0 < p < 1; p = 1 too where T is bounded.
  /// - Throws: `DomainError` for another p; `CapacityError` when n is beyond 10^15 or a coverage
  ///   probability takes too long.
  /// - Complexity: Two to five coverage probabilities at 32 bits, more bits only close to p.
  public func quantile(_ probability: Rational) throws -> Int {
    let least = requirement.leastDraws(sampling)
    let certain = requirement.failureLimit(sampling).map { $0 + 1 }
    let search = try QuantileSearch(probability, below: least - 1, certain: certain)
    let estimate = CoverageEstimate(OccupancyProduct(requirement, sampling))
    let limit = LabelLaw.drawLimit
    return try search.value(
      limit: limit,
      crossing: {
        estimate.crossing(
          logReached: $0, logMissed: $1, from: Double(least),
          limit: Double(min(certain ?? .max, limit)))
      }, slope: { estimate.slope(drawCount: $0, ofReached: $1) },
      tails: { try coverage($0).tails(precision: $1) }, exactly: { try coverage($0).exactValue() })
  }
}

extension WaitingTime: CertifiedMoments {
  var varianceBits: Int { 64 + law.total.bitWidth }

  func moments(bits: Int) throws -> WaitingMoments {
    let quadrature = WaitingQuadrature(requirement: requirement, sampling: sampling)
    // For many digits a sum of so many terms takes less than an integral.
    if bits >= 512,
      let exact = ExactWaitingMoments(
        requirement, sampling: sampling, termLimit: min(20_000, 4 * bits),
        within: min(quadrature.seconds(bits: bits), CapacityError.patience))
    {
      return WaitingMoments(
        mean: Enclosure(exact.mean, precision: bits + 8),
        rising: Enclosure(exact.rising, precision: bits + 8))
    }
    return requirement.isGeometric(sampling) && !requirement.isComplete
      ? GeometricTimes.moments(
        classCount: law.classCount, needed: requirement.needed, bits: bits)
      : try quadrature.moments(bits: bits)
  }

  /// Where T has one value only, as it takes at least the fewest draws that reach the goal and at
  /// most one more than the most that can miss it, and where there are few terms.
  var exact: ExactWaitingMoments? {
    let least = requirement.leastDraws(sampling)
    if requirement.failureLimit(sampling) == least - 1 {
      return ExactWaitingMoments(mean: Rational(least), variance: 0)
    }
    return exactMemo.value(0) { _ in
      ExactWaitingMoments(requirement, sampling: sampling, termLimit: 256, within: 1e-3)
    }
  }

  func decided() throws -> ExactWaitingMoments {
    if let exact = ExactWaitingMoments(requirement, sampling: sampling, termLimit: 20_000) {
      return exact
    }
    throw CapacityError(
      request: "deciding whether a moment of the waiting time is a short decimal",
      estimate: "fractions of over 20000 terms", suggestion: "ask for another number of digits")
  }
}
