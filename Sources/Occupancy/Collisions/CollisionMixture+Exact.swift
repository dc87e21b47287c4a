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
    let k = first.negativeCount
    var bits = 0.0
    for part in classes {
      let law = part.law
      let termCount = Double(
        max(0, min(values.upperBound, law.highest) - max(values.lowerBound, law.lowest) + 1))
      bits += (termCount + 1) * law.exactLength
    }
    guard bits < limit else { return nil }
    var sum: Integer = 0
    var total: Integer = 0
    for part in classes {
      total += part.shareWeight
      let low = max(values.lowerBound, part.law.lowest)
      let high = min(values.upperBound, part.law.highest)
      guard low <= high else { continue }
      for m in low...high { sum.addProduct(part.shareWeight, part.law.ways(m)) }
    }
    switch first.kind {
    case .binomial: return Rational(sum, total.power(k + 1))
    case .hypergeometric(let items, _):
      return Rational(sum, total * Integer.binomial(items, k))
    }
  }
}

extension CollisionConditional {
  /// The bits of one term: K log2 M, or about K log2 N or less by symmetry.
  fileprivate var exactLength: Double {
    switch kind {
    case .binomial(let weight, let rest):
      return Double(negativeCount + 1) * Double((weight + rest).bitWidth)
    case .hypergeometric(let items, _):
      let width = Double(Int.bitWidth - items.leadingZeroBitCount)
      return Double(min(negativeCount, items - negativeCount) + 1) * width
    }
  }

  /// The numerator of p(m), lowest <= m <= highest.
  fileprivate func ways(_ m: Int) -> Integer {
    switch kind {
    case .binomial(let weight, let rest):
      return Integer.binomial(negativeCount, m) * weight.power(m) * rest.power(negativeCount - m)
    case .hypergeometric(let items, let matching):
      return Integer.binomial(matching, m)
        * Integer.binomial(items - matching, negativeCount - m)
    }
  }
}
