// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// The law of Col as a mixture over the anchor's class, equal classes grouped.
struct CollisionMixture: Sendable {
  /// The classes of one weight.
  struct Part: Sendable {
    /// The law of Col given that the anchor is in one of them.
    fileprivate(set) var law: CountLaw
    /// The probability that it is.
    let share: Rational
    /// The same as an integer: share times the sum of all weights.
    let shareWeight: Integer
  }

  /// K.
  let negativeCount: Int
  /// The chance that a negative collides: sum of rho_c^2, or of (m_c/M)(m_c - 1)/(M - 1).
  let collisionRate: Rational
  /// With laws of some number of negatives.
  private let parts: [Part]

  /// With the laws of K negatives, made when they are used.
  var classes: LazyMapCollection<[Part], Part> {
    parts.lazy.map { [negativeCount] part in
      var part = part
      part.law = part.law.withTrialCount(negativeCount)
      return part
    }
  }

  init(_ law: LabelLaw, _ sampling: SamplingScheme, negativeCount: Int) {
    self.negativeCount = negativeCount
    let anchor: Integer = sampling == .withReplacement ? 0 : 1
    let sum = law.groups.reduce(Integer(0)) {
      $0 + Integer($1.classCount) * $1.weight * ($1.weight - anchor)
    }
    collisionRate = sum.signum == 0 ? 0 : Rational(sum, law.total * (law.total - anchor))
    parts = law.groups.map { group in
      let shareWeight = group.weight * Integer(group.classCount)
      return Part(
        law: .collisions(
          ownWeight: group.weight, total: law.total, sampling: sampling, negativeCount: 0),
        share: Rational(shareWeight, law.total), shareWeight: shareWeight)
    }
  }

  private init(_ other: CollisionMixture, negativeCount: Int) {
    self.negativeCount = negativeCount
    (collisionRate, parts) = (other.collisionRate, other.parts)
  }

  /// The same for another number of negatives.
  func withNegativeCount(_ negativeCount: Int) -> CollisionMixture {
    CollisionMixture(self, negativeCount: negativeCount)
  }

  /// The largest chance that the next negative collides, for planning.
  var largestChance: Double { classes.reduce(0) { max($0, $1.law.largestChance) } }

  /// Whether Col <= m surely (true), never (false) or neither (nil).
  func isAtMost(_ m: Int) -> Bool? {
    if classes.allSatisfy({ $0.law.support.upperBound <= m }) { return true }
    if classes.allSatisfy({ $0.law.support.lowerBound > m }) { return false }
    return nil
  }

  /// Whether Col = m surely (true), never (false) or neither (nil).
  func isEqual(to m: Int) -> Bool? {
    if classes.allSatisfy({ $0.law.support == m...m }) { return true }
    if classes.allSatisfy({ !$0.law.support.contains(m) }) { return false }
    return nil
  }

  /// P(Col = m).
  func pmf(_ m: Int, precision: Int) -> Enclosure {
    classes.reduce(Enclosure(0)) { sum, part in
      guard part.law.support.contains(m) else { return sum }
      let value =
        part.law.support.count == 1
        ? Enclosure(1) : part.law.pmf(m, precision: precision).enclosure()
      return sum.adding(value.scaled(by: part.share, precision: precision), precision: precision)
    }
  }

  /// P(Col <= m) and P(Col > m).
  func tails(_ m: Int, precision: Int) -> Tails {
    var (low, high) = (Enclosure(0), Enclosure(0))
    for part in classes {
      let tails = part.law.tails(m, precision: precision)
      low = low.adding(
        tails.probability.scaled(by: part.share, precision: precision), precision: precision)
      high = high.adding(
        tails.complement.scaled(by: part.share, precision: precision), precision: precision)
    }
    return Tails(probability: low, complement: high)
  }
}

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
    func terms(_ law: CountLaw) -> Range<Int> {
      guard values.overlaps(law.support) else { return 0..<0 }
      return Range(values.clamped(to: law.support))
    }
    let bits = classes.reduce(0.0) { $0 + Double(terms($1.law).count + 1) * $1.law.exactLength }
    guard bits < limit else { return nil }
    var sum: Integer = 0
    for part in classes {
      for m in terms(part.law) { sum.addProduct(part.shareWeight, part.law.ways(m)) }
    }
    let total = classes.reduce(Integer(0)) { $0 + $1.shareWeight }
    return Rational(sum, total * first.allWays)
  }
}
