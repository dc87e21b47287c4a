// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Duality
internal import Labels

/// The law of Col and the number n of negatives of one other class, as independent draws have it.
///
/// (Col, n, rest) ~ Multinomial(K; own, other, rest). Draws without replacement are replaced by
/// independent ones from the M - 1 items besides the anchor: the sum of a sample without
/// replacement is smaller in the convex order than that of an independent one (W. Hoeffding,
/// *Probability inequalities for sums of bounded random variables*, JASA 58, 1963, theorem 4), so
/// that the mean of the logarithm, a concave function, is larger. A bound for the one holds for the
/// other.
struct PairLaw {
  /// P(a negative is of the anchor's class).
  let own: Rational
  /// P(a negative is of the other class).
  let other: Rational
  /// K.
  let negativeCount: Int

  /// The law for classes of these sizes.
  init(_ setting: ContrastiveSetting, own: Int, other: Int) {
    // The anchor is not drawn again from a set of items; of a law nothing is used up.
    let anchor = setting.isIndependent ? 0 : 1
    self.own = Rational(own - anchor, setting.total - anchor)
    self.other = Rational(other, setting.total - anchor)
    negativeCount = setting.negativeCount
  }

  /// The same, rounded.
  var shares: PairShares {
    PairShares(
      own: own.double, other: other.double, rest: (1 - own - other).double,
      negativeCount: negativeCount)
  }
}
