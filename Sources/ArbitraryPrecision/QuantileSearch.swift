// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The least n with P(n) >= p for an increasing sequence of probabilities, proven by P(n-1) < p <=
/// P(n): a bracket of proven ends shrinks to neighbours. The next n to look at comes from the value
/// at the last one: the logarithm of the smaller tail is nearly straight.
package struct QuantileSearch {
  /// p, and 1 - p exactly.
  private let probability, complement: Rational
  /// ln p and ln(1 - p).
  let logReached, logMissed: Double
  /// An n with P(n) < p for certain.
  private let below: Int
  /// The least n with P(n) = 1 for certain, if there is one.
  private let certain: Int?

  /// - Throws: `DomainError` unless 0 < p < 1, or p = 1 where some n is certain.
  package init(_ probability: Rational, below: Int, certain: Int?) throws(DomainError) {
    let isBounded = certain != nil
    try DomainError.unless(
      probability > 0 && (probability < 1 || (isBounded && probability == 1)), "probability",
      probability, "must be greater than 0 and \(isBounded ? "at most" : "less than") 1")
    self.probability = probability
    complement = 1 - probability
    logReached = Self.log(probability)
    logMissed = Self.log(complement)
    self.below = below
    self.certain = certain
  }

  /// ln x of a fraction, approximately; minus infinity for 0.
  private static func log(_ x: Rational) -> Double {
    x.signum == 0 ? -.infinity : x.numerator.naturalLogarithm - x.denominator.naturalLogarithm
  }

  /// The least n with P(n) >= p.
  ///
  /// - Parameters:
  ///   - limit: The largest n that can be looked at.
  ///   - crossing: About where P passes p, given ln p and ln(1 - p); infinity if beyond the limit.
  ///   - slope: About d ln P/dn at n, or that of 1 - P; without it the first steps double.
  ///   - tails: P(n) and 1 - P(n) with a relative width of at most 2^-precision.
  ///   - exactly: P(n) as a fraction, for what no precision can tell.
  /// - Throws: `CapacityError` when n is beyond the limit; what the closures throw.
  package func value(
    limit: Int, crossing: (_ logReached: Double, _ logMissed: Double) -> Double,
    slope: ((_ n: Double, _ ofReached: Bool) -> Double)? = nil,
    tails: (_ n: Int, _ precision: Int) throws -> Tails, exactly: (_ n: Int) throws -> Rational
  ) throws -> Int {
    var (low, high) = (below, certain)
    if high == low + 1 { return low + 1 }
    if let high, complement.signum == 0 { return high }
    let isLow = logReached < logMissed
    var guess = crossing(logReached, logMissed)
    guard guess.isFinite || high != nil else { throw Self.refusal(limit) }
    var last: (n: Int, log: Double)?
    var steps = 0
    var stride = max(1, guess * 0x1p-12)
    while true {
      if let high, high - low <= 1 { return high }
      // Should the secant not converge, halve: never expected.
      let n = steps < 12 ? candidate(guess, low, high) : high.map { ($0 + low) / 2 } ?? 2 * low
      guard n <= limit else { throw Self.refusal(limit) }
      let level = try level(n, tails, exactly)
      if level.isReached { high = n } else { low = n }
      let here = isLow ? level.logReached : level.logMissed
      let secant = last.flatMap { $0.n == n ? nil : (here - $0.log) / Double(n - $0.n) }
      if let rise = secant ?? slope?(Double(n), isLow) {
        let shift = ((isLow ? logReached : logMissed) - here) / rise
        guess = Double(n) + (shift.isFinite ? shift : 0)
        // A level line far below p says little of where that is, only that n is too small.
        if high == nil { guess = min(guess, 2 * Double(n)) }
      } else {
        guess = Double(n) + (level.isReached ? -stride : stride)
        stride *= 2
      }
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

  private static func refusal(_ limit: Int) -> CapacityError {
    CapacityError(
      request: "the quantile", estimate: "over \(limit) draws",
      suggestion: "ask for a smaller probability")
  }

  /// Whether P(n) >= p, proven, with estimates of P(n).
  private func level(
    _ n: Int, _ tails: (Int, Int) throws -> Tails, _ exactly: (Int) throws -> Rational
  ) throws -> (isReached: Bool, logReached: Double, logMissed: Double) {
    var precision = 32
    while precision <= 512 {
      let (reached, missed) = { ($0.probability, $0.complement) }(try tails(n, precision))
      // The tail of the smaller size tells p from its neighbours.
      let isReached =
        missed.upper.compare(complement) <= 0 || reached.lower.compare(probability) >= 0
      let isMissed =
        missed.lower.compare(complement) > 0 || reached.upper.compare(probability) < 0
      if isReached || isMissed {
        return (
          isReached, Magnitude(reached.upper).approximateLog2 * ln2,
          Magnitude(missed.upper).approximateLog2 * ln2
        )
      }
      precision *= 2
    }
    // P(n) is p, or within 2^-500 of it: the fraction decides.
    return (try exactly(n) >= probability, .nan, .nan)
  }
}
