// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

package import ArbitraryPrecision
package import Labels

/// Numbers of draws that fall into a class.
extension CountLaw {
  /// The law of Col given the anchor's class, of weight `ownWeight` of `total` in all. Without
  /// replacement the anchor is not drawn again.
  package static func collisions(
    ownWeight: Integer, total: Integer, sampling: SamplingScheme, negativeCount: Int
  ) -> CountLaw {
    let isFinite = sampling == .withoutReplacement
    return draws(
      ofWeight: isFinite ? ownWeight - 1 : ownWeight, total: isFinite ? total - 1 : total,
      sampling: sampling, drawCount: negativeCount)
  }

  /// How many of some draws belong to a class, or to several, of a weight of `total` in all.
  static func draws(
    ofWeight weight: Integer, total: Integer, sampling: SamplingScheme, drawCount: Int
  ) -> CountLaw {
    if sampling == .withoutReplacement, let size = weight.int, let items = total.int {
      return hypergeometric(trialCount: drawCount, items: items, matching: size)
    }
    return binomial(trialCount: drawCount, success: weight, failure: total - weight)
  }
}
