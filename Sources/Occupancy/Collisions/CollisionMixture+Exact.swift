// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// Fractions, while they are short: small laws are printed from them, and they settle ties.
extension CollisionMixture {
  /// The length of a fraction, in bits over all its terms, up to which it replaces an enclosure.
  static let cheapBits = 1e5
  /// The length up to which it is computed to settle whether a number is a given decimal.
  static let longestBits = 2e8

  /// P(Col in values) as a fraction, or nil if its terms hold more than `limit` bits together.
  ///
  /// With replacement sum of count w binom(K,m) w^m (M-w)^(K-m) over M^(K+1); without, of count
  /// m_c binom(s,m) binom(N-s,K-m) over M binom(N,K).
  func exactValue(of values: ClosedRange<Int>, limit: Double) -> Rational? {
    guard let first = classes.first?.law else { return nil }
    let k = first.trialCount
    var bits = 0.0
    for part in classes {
      let terms = values.overlaps(part.law.support) ? values.clamped(to: part.law.support).count : 0
      bits += Double(terms + 1) * part.law.exactLength
    }
    guard bits < limit else { return nil }
    var sum: Integer = 0
    var total: Integer = 0
    for part in classes {
      total += part.shareWeight
      guard values.overlaps(part.law.support) else { continue }
      for m in values.clamped(to: part.law.support) {
        sum.addProduct(part.shareWeight, part.law.ways(m))
      }
    }
    switch first.kind {
    case .binomial: return Rational(sum, total.power(k + 1))
    case .hypergeometric(let items, _):
      return Rational(sum, total * Integer.binomial(items, k))
    }
  }
}

extension CountLaw {
  /// The bits of one term: k log2(w + u), or about k log2 n or less by symmetry.
  fileprivate var exactLength: Double {
    switch kind {
    case .binomial(let success, let failure):
      return Double(trialCount + 1) * Double((success + failure).bitWidth)
    case .hypergeometric(let items, _):
      let width = Double(Int.bitWidth - items.leadingZeroBitCount)
      return Double(min(trialCount, items - trialCount) + 1) * width
    }
  }

  /// The numerator of p(m) for m in the support.
  fileprivate func ways(_ m: Int) -> Integer {
    switch kind {
    case .binomial(let success, let failure):
      return Integer.binomial(trialCount, m) * success.power(m) * failure.power(trialCount - m)
    case .hypergeometric(let items, let matching):
      return Integer.binomial(matching, m)
        * Integer.binomial(items - matching, trialCount - m)
    }
  }
}
