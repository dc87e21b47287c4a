// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The number T of draws at which the last class is seen first: the coupon collector's waiting
/// time.
///
/// P(T <= n) = v_n (`CoverageProbability`). Moments of laws with few subset weights are fractions,
/// all others come from a certified quadrature (`WaitingQuadrature`); quantiles from a few certified
/// coverage probabilities (`WaitingQuantile`).
///
/// Another `CoverageGoal` than every class once is served likewise (`GoalQuadrature`, `GoalQuantile`).
///
/// Edge cases, exact: T = 1 for one class; T = M when all M items differ, without replacement.
///
/// Reference: Flajolet, Gardy, Thimonier, *Birthday paradox, coupon collectors, caching algorithms
/// and self-organizing search*, Discrete Applied Mathematics 39 (1992), theorem 4.2 for unequal classes.
public struct WaitingTime: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// What the draws are to show.
  public let goal: CoverageGoal

  private let memo = Memo<WaitingMoments>()
  private let exactMemo = Memo<ExactWaitingMoments?>()

  /// The most classes for goals other than every class once: sums over them take a minute.
  private static let goalClassLimit = 100_000_000

  /// The waiting time for all classes of a law.
  ///
  /// - Parameters:
  ///   - law: The law of one label.
  ///   - sampling: With or without replacement; without needs a law of a finite set.
  ///   - goal: What the draws are to show: every class once, unless told otherwise.
  /// - Throws: `DomainError` for sampling without replacement from a law without items, and for a goal
  ///   that no number of draws reaches.
  public init(
    law: LabelLaw, sampling: SamplingScheme, goal: CoverageGoal = .everyClassOnce
  ) throws(DomainError) {
    try law.check(sampling: sampling)
    try goal.check(law)
    try goal.checkReach(law, sampling)
    if !goal.isPlain(for: law) && law.classCount > Self.goalClassLimit {
      throw DomainError(
        parameter: "classes", value: "\(law.classCount)",
        requirement: "must be at most \(Self.goalClassLimit) for waiting for copies or some classes"
      )
    }
    self.goal = goal
    self.law = law
    self.sampling = sampling
  }

  // MARK: - Moments

  /// E[T], in draws.
  ///
  /// Its enclosures throw `CapacityError` where they would take minutes.
  ///
  /// Complexity: O(digits log) nodes of O(G log) products for G distinct class sizes.
  public var mean: ComputableReal {
    if let exact { return ComputableReal(exact.mean) }
    return ComputableReal { precision in
      try enclosure(precision) { moments, _ in moments.mean }
    } isExactly: {
      try decided().mean == $0
    }
  }

  /// Var[T], in squared draws; exactly 0 where T is certain.
  public var variance: ComputableReal {
    if let exact { return ComputableReal(exact.variance) }
    return ComputableReal { precision in
      try enclosure(precision) { $0.variance(precision: $1) }
    } isExactly: {
      try decided().variance == $0
    }
  }

  /// The square root of the variance, in draws.
  public var standardDeviation: ComputableReal {
    if let exact, exact.variance.signum == 0 { return ComputableReal(0) }
    let variance = variance
    return ComputableReal { precision in
      // A relative width w of the variance gives less than w for its root, rounded outward.
      try variance.enclosure(precision: precision + 2).squareRoot(precision: precision + 4)
    } isExactly: { candidate in
      candidate.signum > 0 ? try variance.isExactly(candidate * candidate) : false
    }
  }

  /// A part of the moments with a relative width of at most 2^-precision: what cancels, of a
  /// variance for instance, is seen from the result and added.
  private func enclosure(
    _ precision: Int, _ part: (WaitingMoments, Int) -> Enclosure
  ) throws -> Enclosure {
    var extra = 16
    while extra < 1 << 20 {
      // Rounded up, so that mean and deviation ask for the same.
      let bits = (precision + extra + 24 + 63) / 64 * 64
      let moments = try memo.value(bits) { bits in
        try quadrature(bits: bits)
      }
      let result = part(moments, bits + 64 + law.total.bitWidth)
      if result.isWithin(relativePrecision: precision) { return result }
      extra += max(16, result.accurateBits.map { precision - $0 } ?? extra)
    }
    throw ConvergenceError(operation: "the waiting time", precisionReached: precision + extra)
  }

  private func quadrature(bits: Int) throws(CapacityError) -> WaitingMoments {
    if goal.isPlain(for: law) {
      return try WaitingQuadrature(law: law, sampling: sampling).moments(bits: bits)
    }
    if law.isUniform && goal.copies == 1 && sampling == .withReplacement
      && law.classCount <= 100_000_000
    {
      return GeometricTimes.moments(
        classCount: law.classCount, needed: goal.classCount(of: law), bits: bits)
    }
    return try GoalQuadrature(law: law, sampling: sampling, goal: goal).moments(bits: bits)
  }

  // MARK: - Exact moments

  /// Moments as fractions if there are few terms.
  private var exact: ExactWaitingMoments? {
    if let certain { return ExactWaitingMoments(mean: certain, variance: 0) }
    return exactMemo.value(0) { _ in
      exactMoments(termLimit: 256)
    }
  }

  private func exactMoments(termLimit: Int) -> ExactWaitingMoments? {
    goal.isPlain(for: law)
      ? ExactWaitingMoments(law: law, sampling: sampling, termLimit: termLimit)
      : ExactGoalMoments.moments(
        law: law, sampling: sampling, goal: goal, workLimit: 20 * termLimit)
  }

  /// The value of T where it is certain: one class, or all items different.
  private var certain: Rational? {
    if !goal.isPlain(for: law) {
      let shape = GoalProbability(
        law: law, sampling: sampling, drawCount: 1, goal: goal, method: .auto)
      // T takes at least m j draws, and no more than the most that can miss the goal and one.
      let least = goal.copies * goal.classCount(of: law)
      return shape.failureLimit == least - 1 ? Rational(least) : nil
    }
    if law.classCount == 1 { return 1 }
    guard sampling == .withoutReplacement, law.isUniform, law.smallestWeight == 1 else {
      return nil
    }
    return Rational(law.classCount)
  }

  /// Moments as fractions, to tell a number from a decimal that no enclosure excludes.
  private func decided() throws -> ExactWaitingMoments {
    if let exact = exactMoments(termLimit: 20_000) { return exact }
    throw CapacityError(
      request: "deciding whether a moment of the waiting time is a short decimal",
      estimate: "fractions of over 20000 terms", suggestion: "ask for another number of digits")
  }

  // MARK: - Quantiles

  /// The least n with P(T <= n) >= p, proven: v_(n-1) < p <= v_n.
  ///
  /// - Parameter probability: p, 0 < p < 1; p = 1 too where T is bounded, without replacement or
  ///   for one class.
  /// - Throws: `DomainError` for another p; `CapacityError` when n is beyond 10^15 or a coverage
  ///   probability takes too long.
  /// - Complexity: Two to five coverage probabilities at 32 bits, more bits only where one of them is
  ///   close to p.
  public func quantile(_ probability: Rational) throws -> Int {
    if goal.isPlain(for: law) {
      return try WaitingQuantile(law: law, sampling: sampling, probability: probability).value()
    }
    return try GoalQuantile(law: law, sampling: sampling, goal: goal, probability: probability)
      .value()
  }
}
