// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The probability that some class comes fewer than m_c times, when that is rarer than the
/// precision asked for: with T_1 the mean number of classes that do, T_1 (1 - T_1/2) <= P <= T_1
/// (Theorem 8), of relative width below T_1.
struct UnionBound {
  let requirement: Requirement
  let sampling: SamplingScheme
  let drawCount: Int

  /// An enclosure of the probability; narrow when that is small.
  func probability(precision: Int) -> Enclosure {
    let working = precision + 16 + 2 * drawCount.bitLength
    return expectedCount(precision: working).unionBound(pairFactor: 1, precision: working)
  }

  /// T_1, the mean number of classes that fall short.
  func expectedCount(precision: Int) -> Enclosure {
    let single = requirement.singleClasses(where: { $0 == 1 })
    var sum = BallSum(precision: precision)
    if !single.isEmpty {
      sum.add(
        MissWeights(law: requirement.law, sampling: sampling, drawCount: drawCount).sum(
          single, precision: precision))
    }
    for part in requirement.parts where part.copies > 1 {
      // P(N_c < m)
      let draws = CountLaw.draws(
        ofWeight: part.weight, total: requirement.law.total, sampling: sampling,
        drawCount: drawCount)
      let short = draws.tails(part.copies - 1, precision: precision).probability
      var term = RealBall(short, precision: precision)
      term.multiply(by: part.classCount)
      sum.add(term)
    }
    return sum.enclosure().nonnegative
  }
}

/// The probability that some class is drawn exactly once, where that is rare.
///
/// With Q_c = P(class c is drawn once) and T_1 = sum_c Q_c, T_1 (1 - k T_1/2) <= P <= T_1 with k of
/// Theorem 12, where
///
///     with replacement     Q_c = n/M w_c ((M - w_c)/M)^(n-1)
///     without              Q_c = n/(M-n+1) m_c binom(M - m_c, n-1)/binom(M, n-1).
struct SingletonUnionBound {
  /// At least two classes.
  let law: LabelLaw
  let sampling: SamplingScheme
  /// n, at least 2.
  let drawCount: Int

  /// T_1.
  func expectedSingletons(precision: Int) -> Enclosure {
    let working = precision + 12 + 2 * drawCount.bitLength
    let terms = law.groups.map {
      SubsetLevels.Term(weight: $0.weight, count: $0.weight * Integer($0.classCount))
    }
    let missed = MissWeights(law: law, sampling: sampling, drawCount: drawCount - 1).sum(
      terms, precision: working
    ).enclosure().nonnegative
    let others = sampling == .withReplacement ? law.total : law.total - Integer(drawCount - 1)
    return missed.scaled(by: Rational(Integer(drawCount), others), precision: working)
  }

  /// An enclosure of the probability; narrow where that is small.
  func probability(precision: Int) -> Enclosure {
    // k = (M/(M - max w))^2 or M/(M - max w) (M-n+1)
    let largest = Rational(law.total, law.total - law.largestWeight)
    let factor =
      sampling == .withReplacement ? largest : Rational(law.total - Integer(drawCount - 1))
    return expectedSingletons(precision: precision).unionBound(
      pairFactor: largest * factor, precision: precision + 8)
  }
}
