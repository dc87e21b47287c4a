// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The law of Col as a mixture over the anchor's class, equal classes grouped.
struct CollisionMixture: Sendable {
  /// The classes of one weight.
  struct Part: Sendable {
    /// The law of Col given that the anchor is in one of them.
    let law: CountLaw
    /// The probability that it is.
    let share: Rational
    /// The same as an integer: share times the sum of all weights.
    let shareWeight: Integer
  }

  let classes: [Part]

  init(_ law: LabelLaw, _ sampling: SamplingScheme, negativeCount: Int) {
    classes = law.groups.map { group in
      let shareWeight = group.weight * Integer(group.classCount)
      return Part(
        law: .collisions(
          ownWeight: group.weight, total: law.total, sampling: sampling,
          negativeCount: negativeCount),
        share: Rational(shareWeight, law.total), shareWeight: shareWeight)
    }
  }

  /// The sum of a positive quantity over the anchor's class.
  func mean(precision: Int, of value: (CountLaw) throws -> Enclosure) rethrows
    -> Enclosure
  {
    var sum = Enclosure(0)
    for part in classes {
      let term = try value(part.law).scaled(by: part.share, precision: precision)
      sum = sum.adding(term, precision: precision)
    }
    return sum
  }

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
    mean(precision: precision) { law in
      !law.support.contains(m)
        ? Enclosure(0)
        : law.support.count == 1 ? Enclosure(1) : law.pmf(m, precision: precision).enclosure()
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
