// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The least n with v_n >= p, found from an estimate and proven by v_(n-1) < p <= v_n.
///
/// v grows with n, so a bracket v_low < p <= v_high of proven ends shrinks to neighbours. The next n
/// to look at comes from the value of v at the last one: ln v, or ln(1 - v) above one half,
/// is nearly straight.
struct WaitingQuantile {
  private let law: LabelLaw
  private let sampling: SamplingScheme
  private let probability: Rational
  /// 1 - p, exactly.
  private let complement: Rational

  init(law: LabelLaw, sampling: SamplingScheme, probability: Rational) throws(DomainError) {
    let isBounded = sampling == .withoutReplacement || law.classCount == 1
    guard probability > 0, probability < 1 || (isBounded && probability == 1) else {
      throw DomainError(
        parameter: "probability", value: probability.description,
        requirement: isBounded
          ? "must be greater than 0 and at most 1" : "must be greater than 0 and less than 1")
    }
    self.law = law
    self.sampling = sampling
    self.probability = probability
    complement = 1 - probability
  }

  /// The least n with v_n >= p.
  func value() throws -> Int {
    // v_(C-1) = 0 < p.
    var low = law.classCount - 1
    var high = certainCount
    if high == low + 1 { return low + 1 }
    if let high, complement.signum == 0 { return high }
    let estimate = WaitingEstimate(law: law, sampling: sampling)
    let (logCovered, logMissed) = (Self.log(probability), Self.log(complement))
    let limit = Double(min(high ?? .max, LabelLaw.drawLimit))
    let start = estimate.crossing(logCovered: logCovered, logMissed: logMissed, limit: limit)
    guard start.isFinite || high != nil else { throw refusal }

    var guess = start
    var steps = 0
    while true {
      if let high, high - low <= 1 { return high }
      // Should the estimates not converge, halve: never expected.
      let n =
        steps < 12
        ? Self.candidate(guess, low, high) : high.map { ($0 + low) / 2 } ?? 2 * low
      guard n <= LabelLaw.drawLimit else { throw refusal }
      let level = try Level(
        CoverageProbability(law: law, sampling: sampling, drawCount: n), probability, complement)
      if level.isReached { high = n } else { low = n }
      let point = estimate.point(drawCount: Double(n))
      // From ln v or ln(1 - v) at n by the slope of the smooth function.
      let shift =
        logCovered < logMissed
        ? (logCovered - level.logCovered) / point.slope
        : (level.logMissed - logMissed) / (point.slope * exp(point.logCovered - point.logMissed))
      guess = Double(n) + (shift.isFinite ? shift : 0)
      steps += 1
    }
  }

  /// The n to look at: the first integer past the crossing, or the one before if that is proven.
  private static func candidate(_ crossing: Double, _ low: Int, _ high: Int?) -> Int {
    let first = Int(min(max(crossing.rounded(.up), 1), 1e18))
    if let high { return min(max(first, low + 1), high - 1) }
    return max(first, low + 1)
  }

  /// The least n at which v_n = 1, if there is one.
  private var certainCount: Int? {
    if law.classCount == 1 { return 1 }
    guard sampling == .withoutReplacement, let items = law.itemCount,
      let smallest = law.smallestWeight.int
    else { return nil }
    return items - smallest + 1
  }

  private var refusal: CapacityError {
    CapacityError(
      request: "the quantile", estimate: "over \(LabelLaw.drawLimit) draws",
      suggestion: "ask for a smaller probability")
  }

  /// ln x of a fraction, approximately; minus infinity for 0.
  static func log(_ x: Rational) -> Double {
    x.signum == 0 ? -.infinity : x.numerator.naturalLogarithm - x.denominator.naturalLogarithm
  }

  /// Whether v_n >= p, proven, with estimates of v_n.
  struct Level {
    let isReached: Bool
    let logCovered, logMissed: Double

    init(
      _ coverage: CoverageProbability, _ probability: Rational, _ complement: Rational
    ) throws {
      var precision = 32
      while true {
        let tails = try coverage.tails(precision: precision)
        let missed = tails.complement
        // The tail of the smaller size tells p from its neighbours.
        let isDecided =
          missed.upper.compare(complement) <= 0 || missed.lower.compare(complement) > 0
        let covered = tails.probability
        let isOtherDecided =
          covered.lower.compare(probability) >= 0 || covered.upper.compare(probability) < 0
        if isDecided || isOtherDecided {
          isReached =
            isDecided
            ? missed.upper.compare(complement) <= 0 : covered.lower.compare(probability) >= 0
          logCovered = Magnitude(covered.upper).approximateLog2 * 0.693_147_180_559_945_3
          logMissed = Magnitude(missed.upper).approximateLog2 * 0.693_147_180_559_945_3
          return
        }
        precision *= 2
        if precision > 500 {
          // v_n is p, or within 2^-500 of it: the fraction decides.
          isReached = try coverage.exactValue() >= probability
          (logCovered, logMissed) = (.nan, .nan)
          return
        }
      }
    }
  }
}
