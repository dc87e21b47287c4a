// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// One class's factor g^w of E(z), split where the class has come m times, at real points: for
/// planning, in `Double` arithmetic.
///
///     g(x)^w = L(x) + U(x),  L(x) = sum_(k<m) t_k,  U(x) = sum_(k>=m) t_k,
///     t_k = (w x)^k/k! with replacement, binom(w, k) x^k without.
///
/// X is the number of draws of the class in the tilted law P(X = k) = t_k/g^w.
struct ClassFactor: Sendable {
  let sampling: SamplingScheme
  /// w; with replacement in the units of the law.
  let weight: Double
  /// m, at least 1.
  let copies: Int

  /// ln U and ln of the tails for many classes at one point, of which ln g is known.
  func logReached(_ x: Double, logBase: Double) -> Double {
    copies == 1 ? logExpMinusOne(weight * logBase) : split(x).logReached
  }

  /// ln U; minus infinity where w < m without replacement.
  func logReached(_ x: Double) -> Double { logReached(x, logBase: sampling.logBase(x)) }

  /// E[X | X >= m] - m, without cancellation.
  func reachedExcess(_ x: Double) -> Double {
    copies == 1 ? sampling.excess(weight * sampling.logBase(x), x) : split(x).reachedExcess
  }

  /// ln of the chance of at least m draws, and of fewer.
  func logTails(_ x: Double, logBase: Double) -> (reached: Double, missed: Double) {
    if copies == 1 {
      let l = weight * logBase
      return (l > 1 ? log1p(-exp(-l)) : log(-expm1(-l)), -l)
    }
    let split = split(x)
    let missed = split.logMissed
    return (missed < -1 ? log1p(-exp(missed)) : split.logReached - split.logAll, missed)
  }

  /// All that is known at a point.
  struct Split {
    /// ln g^w, ln L and ln U.
    let logAll, logShort, logReached: Double
    /// E[X | X >= m] - m.
    let reachedExcess: Double
    /// E[X | X < m].
    let shortMean: Double

    /// ln of the chance of fewer than m draws.
    var logMissed: Double { logShort - logAll }
  }

  /// The sums over k from their larger ends on.
  func split(_ x: Double) -> Split {
    let isFinite = sampling == .withoutReplacement
    let (w, y, m) = (weight, weight * x, Double(copies))
    let logAll = weight * sampling.logBase(x)
    if copies == 1 {
      return Split(
        logAll: logAll, logShort: 0, logReached: logReached(x), reachedExcess: reachedExcess(x),
        shortMean: 0)
    }
    /// t_(k+1)/t_k
    func ratio(_ k: Double) -> Double { (isFinite ? x * max(w - k, 0) : y) / (k + 1) }
    /// ln t_k
    func term(_ k: Double) -> Double {
      if isFinite && k > w { return -.infinity }
      let ways = isFinite ? lgamma(w + 1) - lgamma(w - k + 1) + k * log(x) : k * log(y)
      return ways - lgamma(k + 1)
    }
    let top = isFinite ? min(m - 1, w) : m - 1
    let isRising = ratio(top) >= 1
    var (sum, t, k) = (1.0, 1.0, isRising ? top : 0)
    var moment = k
    while isRising ? k > 0 && t > 1e-20 * sum : k < top {
      t *= isRising ? 1 / ratio(k - 1) : ratio(k)
      k += isRising ? -1 : 1
      sum += t
      moment += k * t
    }
    let logShort = (isRising ? term(top) : 0) + log(sum)
    let shortMean = moment / sum
    var (logReached, excess) = (-Double.infinity, 0.0)
    if isFinite && w < m {
      // U = 0.
    } else if ratio(m) < 1 {
      (sum, moment, t, k) = (1, 0, 1, 0)
      while t > 1e-18 * sum {
        t *= ratio(m + k)
        k += 1
        sum += t
        moment += k * t
      }
      (logReached, excess) = (term(m) + log(sum), moment / sum)
    } else {
      let short = exp(logShort - logAll)
      let mean = isFinite ? y / (1 + x) : y
      (logReached, excess) = (logAll + log1p(-short), (mean - short * shortMean) / (1 - short) - m)
    }
    return Split(
      logAll: logAll, logShort: logShort, logReached: logReached, reachedExcess: excess,
      shortMean: shortMean)
  }
}

extension ClassFactor {
  /// The factor of a class of a part.
  init(_ part: Requirement.Part, _ law: LabelLaw, _ sampling: SamplingScheme) {
    // A number of items is taken as it is: whether there are m of them must not hang on a rounding.
    let items = sampling == .withoutReplacement ? part.weight.int.map { Double($0) } : nil
    self.init(
      sampling: sampling, weight: items ?? law.scaledTotal * part.probability, copies: part.copies)
  }
}
