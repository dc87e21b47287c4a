// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Chances of unions, and of what a part of a sum counts.
extension Enclosure {
  /// What a sum of terms with signs that alternate, from + on, is part of, this being the sum up to
  /// the j-th term: by Bonferroni's inequalities it and the sum up to the term before enclose the
  /// whole.
  package func bonferroni(term: Magnitude, _ j: Int, precision: Int) -> Enclosure {
    let last = Enclosure(upTo: term)
    return j % 2 == 1
      ? subtracting(last, precision: precision) : adding(last, precision: precision)
  }

  /// The chance of a union of events between T_1 (1 - k T_1/2) and T_1, this being T_1, the sum of
  /// their chances, if pairs come together with at most k T_1^2/2.
  package func unionBound(pairFactor k: Rational, precision: Int) -> Enclosure {
    let half = scaled(by: k / 2, precision: precision)
    guard half.upper <= Real(0.5) else { return Enclosure(lower: Real(0), upper: Real(1)) }
    let least = multiplied(by: half.complement(precision: precision), precision: precision)
    return Enclosure(lower: least.lower, upper: upper)
  }

  /// What is left of a sum that exceeds it by something in [0, aliases].
  package func subtracting(aliases: Magnitude, precision: Int) -> Enclosure {
    subtracting(Enclosure(upTo: aliases), precision: precision)
  }

  /// A probability: a coefficient of which nothing is negative, over the weight of all draws.
  package func probability(of all: Enclosure, precision: Int) -> Enclosure {
    guard all.isPositive else { return Enclosure(lower: Real(0), upper: Real(1)) }
    return nonnegative.divided(by: all, precision: precision).clampedToProbability
  }
}
