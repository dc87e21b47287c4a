// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The probability that none of K negatives falls on given items.
///
///     with replacement     (1 - w/M)^K
///     without              binom(M - 1 - w, K) / binom(M - 1, K): the anchor is not drawn again
///
/// w is the number of items, or the weight of the classes, to avoid and M that of all. It is what
/// the coverage-free bounds have in place of v.
public struct AvoidanceProbability: Sendable {
  /// How many negatives fall there.
  private let law: CountLaw

  /// Fractions of at most so many bits are computed as such.
  private static let cheapBits = 0x1p17

  /// - Parameters:
  ///   - avoided: w, from 0 to M, or M - 1 without replacement.
  ///   - total: M, at least 1.
  ///   - negativeCount: K, from 0 to 10^15, at most M - 1 without replacement.
  /// - Precondition: The numbers are in these ranges.
  public init(avoided: Int, total: Int, sampling: SamplingScheme, negativeCount: Int) {
    let others = sampling == .withReplacement ? total : total - 1
    precondition(total >= 1 && avoided >= 0 && avoided <= others, "items of the set")
    precondition(
      negativeCount >= 0 && (sampling == .withReplacement || negativeCount <= others),
      "negatives that can be drawn")
    law = .draws(
      ofWeight: Integer(avoided), total: Integer(others), sampling: sampling,
      drawCount: negativeCount)
  }

  /// The probability.
  public var value: ComputableReal {
    if law.support.count == 1 || law.support.lowerBound > 0 || law.exactLength <= Self.cheapBits {
      return ComputableReal(exactValue())
    }
    // K-fold products lose at most 2 log2 K bits, of which `RealBall` keeps account.
    let spare = 16 + 2 * law.trialCount.bitLength
    return .probability(
      nil, enclosure: { law.pmf(0, precision: $0 + spare).enclosure() }, exactly: { exactValue() })
  }

  /// The probability as a fraction of about K log2(M) bits.
  public func exactValue() -> Rational {
    if law.support == 0...0 { return 1 }
    return law.support.contains(0) ? law.exactPMF(0) : 0
  }
}
