// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that some class is drawn exactly once, where that is rare.
///
/// With Q_c = P(class c is drawn once), T_1 = sum_c Q_c and T_2 = sum_(c<d) P(c and d are drawn
/// once), Bonferroni gives T_1 - T_2 <= P <= T_1, where
///
///     with replacement     Q_c = n/M w_c ((M - w_c)/M)^(n-1)
///     without              Q_c = n/(M-n+1) m_c binom(M - m_c, n-1)/binom(M, n-1).
///
/// T_2 <= k T_1^2/2 with k as follows, so T_1 (1 - k T_1/2) <= P <= T_1. Given that c came once,
/// n-1 draws avoid it:
///
/// * With replacement d comes once with probability (n-1) p (1-p)^(n-2), p = w_d/(M - w_c) >=
///   w_d/M. That is at most (n-1) w_d/(M-w_c) (1 - w_d/M)^(n-2) <= M/(M-w_c) M/(M-w_d) Q_d: k =
///   (M/(M - max w))^2.
/// * Without, with c, d for m_c, m_d, it does so with probability
///   (n-1) d/(M-c) prod_(i<n-2) (M-c-d-i)/(M-c-1-i), where each factor is at most (M-d-i)/(M-1-i).
///   As Q_d = n d/M prod_(i<n-1) (M-d-i)/(M-1-i), that is at most M/(M-c) (M-n+1)/(M-d-n+2) Q_d; if
///   the last divisor is not positive, all items but those of d are too few for n-1 draws, and d
///   never comes once. So k = M/(M - max m) (M-n+1).
struct SingletonUnionBound {
  /// At least two classes.
  let law: LabelLaw
  let sampling: SamplingScheme
  /// n, at least 2.
  let drawCount: Int

  /// T_1.
  func expectedSingletons(precision: Int) -> Enclosure {
    let working = precision + 12 + 2 * (Int.bitWidth - drawCount.leadingZeroBitCount)
    let terms = law.groups.map {
      SubsetLevels.Term(weight: $0.weight, count: $0.weight * Integer($0.classCount))
    }
    let missed = MissWeights(law: law, sampling: sampling, drawCount: drawCount - 1)
      .sum(terms, precision: working).enclosure().nonnegative
    let others = sampling == .withReplacement ? law.total : law.total - Integer(drawCount - 1)
    return missed.scaled(by: Rational(Integer(drawCount), others), precision: working)
  }

  /// An enclosure of the probability; narrow where that is small.
  func probability(precision: Int) -> Enclosure {
    let first = expectedSingletons(precision: precision)
    let half = first.scaled(by: pairFactor / 2, precision: precision + 4)
    guard half.upper <= Real(0.5) else { return Enclosure(lower: Real(0), upper: Real(1)) }
    let rest = half.complement(precision: precision + 8)
    let least = first.multiplied(by: rest, precision: precision + 8)
    return Enclosure(lower: least.lower, upper: first.upper)
  }

  /// k.
  private var pairFactor: Rational {
    let largest = Rational(law.total, law.total - law.largestWeight)
    return sampling == .withReplacement
      ? largest * largest : largest * Rational(law.total - Integer(drawCount - 1))
  }
}
