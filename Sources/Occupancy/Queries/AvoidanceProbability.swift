// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The probability that none of K negatives falls on given items.
///
///     with replacement     (1 - w/M)^K
///     without              binom(M - 1 - w, K) / binom(M - 1, K): the anchor is not drawn again
///
/// with w the number of items, or the weight of the classes, to avoid and M that of all.
///
/// Reference: elementary; it is the probability that the coverage-free bounds have in place of v.
public struct AvoidanceProbability: Sendable {
  private let avoided: Int
  private let total: Int
  private let sampling: SamplingScheme
  private let negativeCount: Int

  /// Fractions of at most so many bits are computed as such.
  private static let cheapBits = 1 << 17

  /// - Parameters:
  ///   - avoided: w, from 0 to M, or M - 1 without replacement.
  ///   - total: M, at least 1.
  ///   - sampling: With or without replacement.
  ///   - negativeCount: K, from 0 to 10^15, at most M - 1 without replacement.
  /// - Precondition: The numbers are in these ranges.
  public init(avoided: Int, total: Int, sampling: SamplingScheme, negativeCount: Int) {
    let others = sampling == .withReplacement ? total : total - 1
    precondition(total >= 1 && avoided >= 0 && avoided <= others, "items of the set")
    precondition(
      negativeCount >= 0 && (sampling == .withReplacement || negativeCount <= others),
      "negatives that can be drawn")
    self.avoided = avoided
    self.total = total
    self.sampling = sampling
    self.negativeCount = negativeCount
  }

  /// Whether it is 1 (true), 0 (false) or neither (nil).
  private var certain: Bool? {
    if avoided == 0 || negativeCount == 0 { return true }
    if sampling == .withReplacement { return avoided == total ? false : nil }
    return total - 1 - avoided < negativeCount ? false : nil
  }

  /// The probability.
  public var value: ComputableReal {
    if certain != nil || negativeCount <= Self.cheapBits / total.bitLength {
      return ComputableReal(exactValue())
    }
    return .probability(nil) { enclosure(precision: $0) } exactly: { exactValue() }
  }

  /// The probability as a fraction of about K log2(M) bits.
  public func exactValue() -> Rational {
    if let certain { return certain ? 1 : 0 }
    if sampling == .withReplacement {
      return Rational(total - avoided, total).power(negativeCount)
    }
    return Rational(
      Integer.binomial(total - 1 - avoided, negativeCount),
      Integer.binomial(total - 1, negativeCount))
  }

  private func enclosure(precision: Int) -> Enclosure {
    // K-fold products lose at most 2 log2 K bits, of which `RealBall` keeps account.
    let working = precision + 16 + 2 * negativeCount.bitLength
    if sampling == .withReplacement {
      var power = RealBall(Rational(total - avoided, total), precision: working)
      power.formPower(negativeCount)
      return power.enclosure()
    }
    return Factorials.missProbability(
      items: total - 1, missed: avoided, drawCount: negativeCount, precision: working)
  }
}
