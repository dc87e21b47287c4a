// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The law of the number m of successes among k trials, with or without replacement.
///
///     with replacement    Binomial(k, w/(w + u))     p(m+1)/p(m) = (k-m) w / ((m+1) u)
///     without             Hypergeometric(n, s, k)    p(m+1)/p(m) = (s-m)(k-m) / ((m+1)(n-s-k+m+1))
///
/// w and u are the weights of success and failure; s of n items are successes. Both ratios fall as
/// m grows (the laws are log-concave), which is all that bounds a tail by a geometric series.
package struct CountLaw: Sendable {
  /// How trials are made.
  package enum Kind: Sendable {
    /// With replacement: success and failure have these weights, failure maybe 0.
    case binomial(success: Integer, failure: Integer)
    /// Without replacement from so many items, `matching` of which are successes.
    case hypergeometric(items: Int, matching: Int)
  }

  /// With or without replacement, and from what.
  package let kind: Kind
  /// k.
  package let trialCount: Int
  /// The numbers that are possible.
  package let support: ClosedRange<Int>
  /// A most probable number, or one beside it.
  package let mode: Int
  /// w and u over a common power of two that brings the larger one to [1/2, 1), each truncated to
  /// 53 bits; 1 for a finite set.
  private let weights: (success: Double, failure: Double)

  /// A number of successes among draws with replacement.
  package static func binomial(trialCount: Int, success: Integer, failure: Integer) -> CountLaw {
    let (w, u) = (success.scaledApproximation, failure.scaledApproximation)
    let unit = success > failure ? w.exponent : u.exponent
    return CountLaw(
      .binomial(success: success, failure: failure), trialCount,
      weights: (
        w.mantissa * .powerOfTwo(w.exponent - unit), u.mantissa * .powerOfTwo(u.exponent - unit)
      ))
  }

  /// A number of successes among draws without replacement, of which there are items enough.
  package static func hypergeometric(trialCount: Int, items: Int, matching: Int) -> CountLaw {
    CountLaw(.hypergeometric(items: items, matching: matching), trialCount, weights: (1, 1))
  }

  /// The same trials, but `trialCount` of them.
  package func withTrialCount(_ trialCount: Int) -> CountLaw {
    CountLaw(kind, trialCount, weights: weights)
  }

  private init(_ kind: Kind, _ k: Int, weights: (success: Double, failure: Double)) {
    self.kind = kind
    trialCount = k
    self.weights = weights
    let estimate: Double
    switch kind {
    case .binomial(_, let failure):
      // Where nothing can fail all trials succeed.
      support = (failure.signum == 0 ? k : 0)...k
      estimate = Double(k + 1) * weights.success / (weights.success + weights.failure)
    case .hypergeometric(let n, let s):
      support = max(0, k - (n - s))...min(s, k)
      estimate = Double(s + 1) * Double(k + 1) / Double(n + 2)
    }
    mode = min(max(Int(estimate), support.lowerBound), support.upperBound)
  }

  // MARK: - Moments

  /// The mean, exactly.
  package var mean: Rational {
    switch kind {
    case .binomial(let success, let failure):
      Rational(Integer(trialCount) * success, success + failure)
    case .hypergeometric(let items, let matching):
      items == 0 ? 0 : Rational(Integer(trialCount) * Integer(matching), Integer(items))
    }
  }

  /// The mean and the variance, for planning.
  package var approximateMoments: (mean: Double, variance: Double) {
    let k = Double(trialCount)
    switch kind {
    case .binomial:
      let sum = weights.success + weights.failure
      let mean = k * (weights.success / sum)
      return (mean, mean * (weights.failure / sum))
    case .hypergeometric(let items, let matching):
      let (n, s) = (max(Double(items), 1), Double(matching))
      return (k * s / n, k * s / n * (1 - s / n) * (n - k) / max(n - 1, 1))
    }
  }

  /// The chance of success in one more trial, or without replacement the largest one, for planning.
  package var largestChance: Double {
    switch kind {
    case .binomial: weights.success / (weights.success + weights.failure)
    case .hypergeometric(let items, let matching):
      Double(matching - support.lowerBound) / Double(max(items - trialCount, 1))
    }
  }

  // MARK: - Ratios

  /// p(m+1)/p(m) for m and m + 1 in the support.
  ///
  /// Weights of up to 53 bits and numbers below 2^53 are exact as `Double`, so three operations
  /// round. Longer weights are truncated, which is another four units 2^-53.
  package func ratio(at m: Int) -> Double {
    switch kind {
    case .binomial:
      return Double(trialCount - m) * weights.success / (Double(m + 1) * weights.failure)
    case .hypergeometric(let n, let s):
      return Double(s - m) * Double(trialCount - m)
        / (Double(m + 1) * Double(n - s - trialCount + m + 1))
    }
  }

  /// An upper bound of p(m+1)/p(m) for m and m + 1 in the support: at most seven roundings.
  ///
  /// A weight below 2^-1022 of the other errs by no more than 2^-1074. That changes a ratio below 1
  /// by less than 2^-1022, which is added, and a ratio above 1 serves for nothing anyway.
  package func upwardRatio(at m: Int) -> Double { RelativeError.outward(ratio(at: m)).bound }

  /// An upper bound of p(m-1)/p(m) for m - 1 and m in the support: at most eight roundings.
  package func downwardRatio(at m: Int) -> Double {
    RelativeError.outward(1 / ratio(at: m - 1)).bound
  }

  // MARK: - Probabilities

  /// p(m) for m in the support: products only, so the error stays relative.
  ///
  /// The hypergeometric law is the same with s and k exchanged: with the smaller one there are fewer
  /// factors.
  package func pmf(_ m: Int, precision: Int) -> RealBall {
    switch kind {
    case .binomial(let success, let failure):
      let total = success + failure
      var result = Factorials.binomial(trialCount, m, precision: precision)
      for (part, exponent) in [(success, m), (failure, trialCount - m)] where exponent > 0 {
        var power = RealBall(Rational(part, total), precision: precision)
        power.formPower(exponent)
        result.multiply(by: power)
      }
      return result
    case .hypergeometric(let items, let matching):
      let a = max(matching, trialCount)
      let b = min(matching, trialCount)
      // binom(a, m) binom(N-a, b-m)/binom(N, b), with all factorials below in one coefficient. Some
      // 2b roundings lose less than the bits of b and four more.
      let working = precision + b.bitLength + 4
      var result = Factorials.binomial(b, m, precision: working)
      result.multiply(by: Factorials.falling(a, m, precision: working))
      result.multiply(by: Factorials.falling(items - a, b - m, precision: working))
      result.divide(by: Factorials.falling(items, b, precision: working))
      return RealBall(result.enclosure(), precision: precision)
    }
  }

  /// P(X <= m) and P(X > m) of the number X, each with full relative accuracy.
  ///
  /// The tail on the far side of the mode is p(m) times a sum of ratio products; the other one is
  /// one minus it. Where that would cancel, as where the mode itself carries the mass, the caller
  /// sees the width and asks for more bits.
  package func tails(_ m: Int, precision: Int) -> Tails {
    if m < support.lowerBound { return Tails(probability: Enclosure(0), complement: Enclosure(1)) }
    if m >= support.upperBound { return Tails(probability: Enclosure(1), complement: Enclosure(0)) }
    // At the lower end one probability, no sum.
    let far =
      m == support.lowerBound && m < mode
      ? pmf(m, precision: precision).enclosure()
      : tail(m, isUpward: m >= mode, precision: precision)
    let tails = Tails(probability: far, complement: far.complement(precision: precision))
    return m >= mode ? tails.swapped : tails
  }

  /// P(X > m) or P(X <= m), summed away from the mode until a geometric bound of what is left
  /// is below 2^-precision of the sum.
  private func tail(_ m: Int, isUpward: Bool, precision: Int) -> Enclosure {
    var walk = CountWalk(self, start: m, isUpward: isUpward, precision: precision)
    var sum = Accumulator(isUpward ? 0 : 1, precision: precision)
    var count = 1
    var rest = Magnitude.zero
    while !walk.isAtEnd {
      walk.advance()
      sum.add(walk.term.value, rounding: .nearest)
      count += 1
      rest = walk.term.magnitude * Magnitude(walk.tail)
      if rest.approximateLog2 < Magnitude(sum).approximateLog2 - Double(precision) { break }
    }
    // Terms are positive, with the relative error of the last one at most; each of `count`
    // additions rounds once more.
    let error = walk.term.error.compounded(.roundings(count, precision: precision))
    let partial = RealBall(sum, absoluteError: Magnitude(sum) * error)
    var probability = pmf(m, precision: precision)
    probability.multiply(by: partial)
    // What is left: in [0, rest] p(m).
    let left = pmf(m, precision: 64).magnitude * rest
    return probability.enclosure().adding(Enclosure(upTo: left), precision: precision)
      .clampedToProbability
  }
}

/// Fractions.
extension CountLaw {
  /// The bits of one term: k log2(w + u), or about k log2 n or less by symmetry.
  package var exactLength: Double {
    switch kind {
    case .binomial(let success, let failure):
      return Double(trialCount + 1) * Double((success + failure).bitWidth)
    case .hypergeometric(let items, _):
      return Double(min(trialCount, items - trialCount) + 1) * Double(items.bitLength)
    }
  }

  /// The numerator of p(m) for m in the support.
  package func ways(_ m: Int) -> Integer {
    switch kind {
    case .binomial(let success, let failure):
      Integer.binomial(trialCount, m) * success.power(m) * failure.power(trialCount - m)
    case .hypergeometric(let items, let matching):
      Integer.binomial(matching, m) * Integer.binomial(items - matching, trialCount - m)
    }
  }

  /// Its denominator.
  package var allWays: Integer {
    switch kind {
    case .binomial(let success, let failure): (success + failure).power(trialCount)
    case .hypergeometric(let items, _): Integer.binomial(items, trialCount)
    }
  }

  /// p(m) for m in the support, as a fraction.
  package func exactPMF(_ m: Int) -> Rational { Rational(ways(m), allWays) }
}
