// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision

/// The number B of packs at which the last class is seen first: the coupon collector who buys packs
/// of k different ones of C equally likely classes.
///
/// P(B <= b) = v_b (`PackCoverageProbability`). Moments come from a positive recurrence over the
/// classes left (`PackMomentRecurrence`), or as fractions for few classes:
///
///     E[B] = sum_(j>=1) (-1)^(j+1) binom(R, j)/(1 - q_j), E[B(B+1)] = 2 sum ... /(1 - q_j)^2.
///
/// Edge cases, exact: B = 1 when k = C.
///
/// Reference: Stadje, *The collector's problem with group drawings*, Advances in Applied
/// Probability 22 (1990).
public struct PackWaitingTime: Sendable {
  /// C, the number of classes.
  public let classCount: Int
  /// k, the number of different classes in a pack.
  public let packSize: Int
  /// R, the number of classes that must be seen.
  public let requiredCount: Int

  let memo = Memo<WaitingMoments>()

  /// Required classes up to which moments are fractions from the start, and to decide a tie.
  private static let exactLimit = (fast: 24, slow: 600)

  /// - Parameters:
  ///   - classCount: C, from 1 to 10^9.
  ///   - packSize: k, from 1 to C.
  ///   - requiredCount: R, from 1 to C; C if nil.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(classCount: Int, packSize: Int, requiredCount: Int? = nil) throws(DomainError) {
    let point = try PackCoverageProbability(
      classCount: classCount, packSize: packSize, packCount: 1, requiredCount: requiredCount)
    self.classCount = classCount
    self.packSize = packSize
    self.requiredCount = point.requiredCount
  }

  /// E[B], in packs.
  ///
  /// - Complexity: O(R k) products; its enclosures throw `CapacityError` where that takes minutes.
  public var mean: ComputableReal { certifiedMean }

  /// Var[B], in squared packs; exactly 0 where B is certain.
  public var variance: ComputableReal { certifiedVariance }

  /// The square root of the variance, in packs.
  public var standardDeviation: ComputableReal { variance.squareRoot }

  /// P(B <= b) with its complement and logarithms.
  ///
  /// - Throws: `DomainError` unless 1 <= b <= 10^15.
  public func coverage(packCount: Int) throws(DomainError) -> PackCoverageProbability {
    try PackCoverageProbability(
      classCount: classCount, packSize: packSize, packCount: packCount, requiredCount: requiredCount
    )
  }

  /// P(B <= b); 0 for b < 1.
  ///
  /// - Throws: `DomainError` for b > 10^15.
  public func cdf(_ packCount: Int) throws(DomainError) -> ComputableReal {
    packCount < 1 ? ComputableReal(0) : try coverage(packCount: packCount).value
  }

  /// P(B > b); 1 for b < 1.
  ///
  /// - Throws: `DomainError` for b > 10^15.
  public func ccdf(_ packCount: Int) throws(DomainError) -> ComputableReal {
    packCount < 1 ? ComputableReal(1) : try coverage(packCount: packCount).complement
  }

  /// The least b with P(B <= b) >= p, proven: v_(b-1) < p <= v_b.
  ///
  /// - Parameter probability: p, 0 < p < 1; p = 1 too where k = C.
  /// - Throws: `DomainError` for another p; `CapacityError` when a coverage probability takes too
  ///   long.
  public func quantile(_ probability: Rational) throws -> Int {
    let search = try QuantileSearch(
      probability, below: (requiredCount - 1) / packSize, certain: packSize == classCount ? 1 : nil)
    let rate = -log1p(-Double(packSize) / Double(classCount))
    return try search.value(limit: LabelLaw.drawLimit) { logReached, logMissed in
      // About a Poisson number of classes is missed: v_b is near exp(-R q_1^b).
      let nats = logReached < logMissed ? -logReached : -log1p(-exp(logMissed))
      return log(Double(requiredCount) / max(nats, 1e-300)) / rate
    } tails: {
      try coverage(packCount: $0).tails(precision: $1)
    } exactly: {
      try coverage(packCount: $0).exactValue()
    }
  }
}

extension PackWaitingTime: CertifiedMoments {
  var varianceBits: Int { 64 }

  func moments(bits: Int) throws -> WaitingMoments {
    let steps = PackMomentRecurrence.stepCount(packSize: packSize, requiredCount: requiredCount)
    // Two sums of products, and two products by machine integers.
    try CapacityError.check(
      steps
        * (2 * OperationCost.real(bits: Double(bits + 64))
          + OperationCost.recurrence(bits: Double(bits + 64))),
      "the waiting time for \(requiredCount) classes in packs of \(packSize)",
      suggestion: "ask 'coverage' for single numbers of packs")
    return PackMomentRecurrence(
      classCount: classCount, packSize: packSize, requiredCount: requiredCount
    ).moments(bits: bits)
  }

  var exact: ExactWaitingMoments? {
    requiredCount <= Self.exactLimit.fast || packSize == classCount ? exactMoments() : nil
  }

  func decided() throws -> ExactWaitingMoments {
    if requiredCount <= Self.exactLimit.slow { return exactMoments() }
    throw CapacityError(
      request: "deciding whether a moment of the waiting time is a short decimal",
      estimate: "fractions of over \(Self.exactLimit.slow) terms",
      suggestion: "ask for another number of digits")
  }

  private func exactMoments() -> ExactWaitingMoments {
    if packSize == classCount { return ExactWaitingMoments(mean: 1, variance: 0) }
    var (mean, rising): (Rational, Rational) = (0, 0)
    var (binomial, survival): (Rational, Rational) = (1, 1)
    for j in 1...requiredCount {
      binomial = binomial * Rational(requiredCount - j + 1, j)
      survival = survival * Rational(max(0, classCount - packSize - j + 1), classCount - j + 1)
      let term = (j % 2 == 1 ? binomial : -binomial) / (1 - survival)
      mean += term
      rising += 2 * term / (1 - survival)
    }
    return ExactWaitingMoments(mean: mean, rising: rising)
  }
}
