// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The least n with P(T <= n) >= p for a `CoverageGoal`, proven by P(T <= n-1) < p <= P(T <= n).
///
/// A bracket of proven ends shrinks to neighbours. The next n comes from the last values by the secant
/// in the logarithm of the smaller tail, the first ones from `GoalEstimate`.
struct GoalQuantile {
  let law: LabelLaw
  let sampling: SamplingScheme
  let goal: CoverageGoal
  /// p.
  private let probability: Rational
  private let shape: GoalProbability

  /// - Throws: `DomainError` unless 0 < p < 1, or p = 1 where T is bounded.
  init(
    law: LabelLaw, sampling: SamplingScheme, goal: CoverageGoal, probability: Rational
  ) throws(DomainError) {
    shape = GoalProbability(
      law: law, sampling: sampling, drawCount: 1, goal: goal, method: .auto)
    let isBounded = shape.failureLimit != nil
    guard probability > 0, probability < 1 || (isBounded && probability == 1) else {
      throw DomainError(
        parameter: "probability", value: probability.description,
        requirement: isBounded
          ? "must be greater than 0 and at most 1" : "must be greater than 0 and less than 1")
    }
    self.law = law
    self.sampling = sampling
    self.goal = goal
    self.probability = probability
  }

  private func coverage(_ n: Int) throws -> CoverageProbability {
    try CoverageProbability(law: law, sampling: sampling, drawCount: n, goal: goal)
  }

  /// The least n with P(T <= n) >= p.
  func value() throws -> Int {
    let complement = 1 - probability
    // T takes at least m j draws, and no more than the most that can miss the goal and one.
    var low = goal.copies * goal.classCount(of: law) - 1
    var high = shape.failureLimit.map { $0 + 1 }
    if high == low + 1 { return low + 1 }
    if let high, complement.signum == 0 { return high }
    let target = (
      reached: WaitingQuantile.log(probability), missed: WaitingQuantile.log(complement)
    )
    let isLow = target.reached < target.missed
    let limit = Double(min(high ?? .max, LabelLaw.drawLimit))
    let estimate = GoalEstimate(law: law, sampling: sampling, goal: goal)
    var guess = estimate.crossing(
      logReached: target.reached, logMissed: target.missed, from: Double(low + 1), limit: limit)
    guard guess.isFinite || high != nil else { throw refusal }
    var last: (n: Int, log: Double)?
    var steps = 0
    while true {
      if let high, high - low <= 1 { return high }
      // Should the secant not converge, halve.
      let n = steps < 12 ? candidate(guess, low, high) : high.map { ($0 + low) / 2 } ?? 2 * low
      guard n <= LabelLaw.drawLimit else { throw refusal }
      let level = try WaitingQuantile.Level(coverage(n), probability, complement)
      if level.isReached { high = n } else { low = n }
      let here = isLow ? level.logCovered : level.logMissed
      let slope =
        last.flatMap { $0.n == n ? nil : (here - $0.log) / Double(n - $0.n) }
        ?? estimate.slope(drawCount: Double(n), ofReached: isLow)
      let shift = ((isLow ? target.reached : target.missed) - here) / slope
      guess = Double(n) + (shift.isFinite ? shift : 0)
      last = (n, here)
      steps += 1
    }
  }

  /// The n to look at: the first integer past the crossing, inside the bracket.
  private func candidate(_ crossing: Double, _ low: Int, _ high: Int?) -> Int {
    let first = Int(min(max(crossing.rounded(.up), 1), 1e18))
    if let high { return min(max(first, low + 1), high - 1) }
    return max(first, low + 1)
  }

  private var refusal: CapacityError {
    CapacityError(
      request: "the quantile", estimate: "over \(LabelLaw.drawLimit) draws",
      suggestion: "ask for a smaller probability")
  }
}
