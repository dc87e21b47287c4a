// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// E ln(1+Col) given the anchor's class, by an expansion about the mean with a proven remainder.
///
/// With mu = E X, X = Col, a = 1 + mu and the central moments mu_j, for even k (Theorem 14)
///
///     E ln(1+X) = ln a - sum over 1 < j < k of (-1)^j mu_j/(j a^j) - [0, 1] mu_k/(k a^(k-1)).
///
/// The remainder is near a (k variance/(e a^2))^(k/2): it falls until k nears the mean, to about
/// e^(-mean/2). That is all that ever is needed where the window of `CountLogWindow` is long.
package struct CountLogMoments {
  package let law: CountLaw
  package let precision: Int

  package init(law: CountLaw, precision: Int) { (self.law, self.precision) = (law, precision) }

  /// The number of moments that should reach 2^-precision, or nil if none does.
  package static func estimatedCount(_ law: CountLaw, precision: Int) -> Int? {
    let (mean, variance) = law.approximateMoments
    let a = 1 + mean
    var k = 2
    // Beyond a quarter of the mean the moments are no longer those of a normal law.
    while k <= 1200 && Double(k) < mean / 4 {
      if case .hypergeometric(let items, _) = law.kind, 2 * k > items { return nil }
      let step = log2(Double(k) * variance / (2.718 * a * a))
      if Double(k) / 2 * step + log2(a) < -Double(precision) - 2 { return k }
      k += 2
    }
    return nil
  }

  /// The enclosure with an even number of moments; not narrower than 2^-precision allows.
  package func enclosure(momentCount k: Int) -> Enclosure {
    let moments = centralMoments(upTo: k)
    let a = law.mean + 1
    let inverse = Enclosure(1 / a, precision: precision)
    var result = Enclosure(a, precision: precision).naturalLogarithm(precision: precision)
    var power = inverse
    for j in 2...k {
      power = power.multiplied(by: inverse, precision: precision)
      var term = moments[j].scaled(by: power, precision: precision).scaled(
        by: Rational(1, j), precision: precision)
      if j == k {
        // R, between -a term and 0: mu_k is positive for even k.
        let bound = term.scaled(by: a, precision: precision)
        term = Enclosure(lower: Real(0), upper: max(bound.upper, Real(0)))
      }
      result =
        j % 2 == 0
        ? result.subtracting(term, precision: precision) : result.adding(term, precision: precision)
    }
    return result
  }

  /// mu_0, ..., mu_k by mu_(k+1) = sum over j < k of binom(k,j) (alpha mu_j - beta mu_(j+1) + gamma
  /// mu_(j+2)); for gamma > 0 the last summand holds k gamma mu_(k+1), which moves to the left.
  func centralMoments(upTo k: Int) -> [Enclosure] {
    let (alpha, beta, gamma) = coefficients
    var moments = [Enclosure(1), Enclosure(0)]
    // alpha mu_j - beta mu_(j+1) + gamma mu_(j+2), for j with all three known.
    var steps: [Enclosure] = []
    var row: [Integer] = [1, 1]
    for order in 1..<max(k, 2) {
      // row = binom(order, .)
      let j = order - 1
      let open = moments[j].scaled(by: alpha, precision: precision).subtracting(
        moments[order].scaled(by: beta, precision: precision), precision: precision)
      var sum = open.scaled(by: Integer(order), precision: precision)
      for (i, step) in steps.enumerated() {
        sum = sum.adding(step.scaled(by: row[i], precision: precision), precision: precision)
      }
      if gamma.signum > 0 {
        // (1 - order/N) mu_(order+1) = sum
        sum = sum.scaled(by: 1 / (1 - Rational(order) * gamma), precision: precision)
      }
      moments.append(sum)
      steps.append(
        gamma.signum == 0
          ? open : open.adding(sum.scaled(by: gamma, precision: precision), precision: precision))
      row = zip(row + [0], [0] + row).map { $0 + $1 }
    }
    return moments
  }

  /// alpha = Kp(1-p), beta = p, gamma = 0, or alpha = (s-mu)(K-mu)/N, beta = (s+K-2mu)/N, gamma =
  /// 1/N.
  private var coefficients: (alpha: Rational, beta: Rational, gamma: Rational) {
    let mean = law.mean
    let k = Rational(law.trialCount)
    switch law.kind {
    case .binomial(let success, let failure):
      let total = success + failure
      return (mean * Rational(failure, total), Rational(success, total), 0)
    case .hypergeometric(let items, let matching):
      let (n, s) = (Rational(items), Rational(matching))
      return ((s - mean) * (k - mean) / n, (s + k - mean - mean) / n, 1 / n)
    }
  }
}
