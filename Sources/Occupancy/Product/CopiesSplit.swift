// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One class's factor g^w of E(z), split where the class has been drawn m times, at a real point: for
/// planning, in `Double` arithmetic.
///
///     g(x)^w = L(x) + U(x),  L(x) = sum_(k<m) t_k,  U(x) = sum_(k>=m) t_k,
///     t_k = (w x)^k/k! with replacement, binom(w, k) x^k without.
///
/// X is the number of draws in the tilted law P(X = k) = t_k/g^w.
struct CopiesSplit {
  /// ln g^w, ln L and ln U; ln U is minus infinity where w < m without replacement.
  let logAll, logShort, logReached: Double
  /// E[X | X >= m] - m, without cancellation.
  let reachedExcess: Double
  /// E[X | X < m].
  let shortMean: Double

  /// - Parameters:
  ///   - weight: w.
  ///   - point: x > 0.
  ///   - copies: m.
  init(sampling: SamplingScheme, weight w: Double, point x: Double, copies m: Int) {
    let isFinite = sampling == .withoutReplacement
    let y = w * x
    logAll = isFinite ? w * log1p(x) : y
    /// t_(k+1)/t_k
    func ratio(_ k: Double) -> Double { (isFinite ? x * max(w - k, 0) : y) / (k + 1) }
    /// ln t_k
    func term(_ k: Double) -> Double {
      if isFinite && k > w { return -.infinity }
      let ways = isFinite ? lgamma(w + 1) - lgamma(w - k + 1) + k * log(x) : k * log(y)
      return ways - lgamma(k + 1)
    }
    let m = Double(m)
    // L from its larger end on.
    var (sum, moment) = (1.0, 0.0)
    let top = isFinite ? min(m - 1, w) : m - 1
    if ratio(top) < 1 {
      var (t, k) = (1.0, 0.0)
      while k < top {
        t *= ratio(k)
        k += 1
        sum += t
        moment += k * t
      }
      logShort = log(sum)
      shortMean = moment / sum
    } else {
      var (t, k) = (1.0, top)
      moment = top
      while k > 0 && t > 1e-20 * sum {
        t /= ratio(k - 1)
        k -= 1
        sum += t
        moment += k * t
      }
      logShort = term(top) + log(sum)
      shortMean = moment / sum
    }
    if isFinite && w < m {
      (logReached, reachedExcess) = (-.infinity, 0)
      return
    }
    if ratio(m) < 1 {
      (sum, moment) = (1, 0)
      var (t, i) = (1.0, 0.0)
      while t > 1e-18 * sum {
        t *= ratio(m + i)
        i += 1
        sum += t
        moment += i * t
      }
      logReached = term(m) + log(sum)
      reachedExcess = moment / sum
    } else {
      let short = exp(logShort - logAll)
      let mean = isFinite ? y / (1 + x) : y
      logReached = logAll + log1p(-short)
      reachedExcess = (mean - short * shortMean) / (1 - short) - m
    }
  }

  /// The splits of all groups of a law.
  static func groups(
    of law: LabelLaw, sampling: SamplingScheme, point x: Double, copies: Int
  ) -> [CopiesSplit] {
    law.groups.map { group in
      // A number of items is taken as it is: whether there are m of them must not hang on a rounding.
      let items = sampling == .withoutReplacement ? group.weight.int.map { Double($0) } : nil
      return CopiesSplit(
        sampling: sampling, weight: items ?? law.scaledTotal * group.probability, point: x,
        copies: copies)
    }
  }
}
