// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The law of one label: classes with integer weights, equal ones grouped.
///
/// Class c has probability w_c / M with M the sum of all weights. For a law given by class sizes the
/// weights are the sizes and M is the number of items; for exact probabilities they are the
/// numerators over the least common denominator; a uniform law has C weights of 1.
public struct LabelLaw: Sendable {
  /// Classes of equal weight.
  struct Group: Sendable {
    let weight: Integer
    let classCount: Int
    /// weight / M, rounded, at least 10^-250: for planning only, which takes differences of
    /// logarithms and cannot tell smaller ones apart.
    let probability: Double
  }

  /// Groups by increasing weight.
  let groups: [Group]
  /// M, the sum of all weights.
  let total: Integer
  /// k: arguments of generating functions are given in units of 2^-k, so that they and M 2^-k are
  /// `Double`s whatever the denominators of the probabilities; 0 unless these are very long.
  let unitExponent: Int
  /// M 2^-k, rounded: for planning only.
  let scaledTotal: Double
  /// C, the number of classes.
  public let classCount: Int
  /// The number of items to draw from; nil when the law is not one of a finite set.
  public let itemCount: Int?

  /// The law of a label drawn from classes of these sizes.
  public init(_ distribution: LabelDistribution) {
    self.init(
      groups: distribution.groups.map { (Integer($0.size), $0.classCount) },
      itemCount: distribution.itemCount)
  }

  /// A law given by the probability of each class.
  ///
  /// - Throws: `DomainError` unless every probability is positive and they sum to exactly 1.
  public init(probabilities: [Rational]) throws(DomainError) {
    var sum: Rational = 0
    var denominator: Integer = 1
    for p in probabilities {
      guard p.signum > 0 else {
        throw DomainError(
          parameter: "probability", value: p.description, requirement: "must be greater than 0")
      }
      sum += p
      denominator = Integer.leastCommonMultiple(denominator, p.denominator)
    }
    guard sum == 1 else {
      throw DomainError(
        parameter: "sum of the probabilities", value: sum.description, requirement: "must be 1")
    }
    var weights = probabilities.map {
      $0.numerator * denominator.exactlyDivided(by: $0.denominator)
    }
    weights.sort()
    var groups: [(weight: Integer, classCount: Int)] = []
    for weight in weights {
      if let last = groups.last, last.weight == weight {
        groups[groups.count - 1].classCount += 1
      } else {
        groups.append((weight, 1))
      }
    }
    self.init(groups: groups, itemCount: nil)
  }

  private init(groups: [(weight: Integer, classCount: Int)], itemCount: Int?) {
    var (total, classCount) = (Integer(0), 0)
    for group in groups {
      total.addProduct(group.weight, Integer(group.classCount))
      classCount += group.classCount
    }
    self.total = total
    self.classCount = classCount
    self.itemCount = itemCount
    let unit = max(0, total.bitWidth - 512)
    let size = total.scaledDouble(unit)
    unitExponent = unit
    scaledTotal = size
    self.groups = groups.map {
      Group(
        weight: $0.weight, classCount: $0.classCount,
        probability: max($0.weight.scaledDouble(unit) / size, 1e-250))
    }
  }

  /// Whether all classes are equally likely.
  public var isUniform: Bool { groups.count == 1 }

  /// Groups of class sizes as machine integers, for a finite set.
  var sizes: [(size: Int, classCount: Int)] {
    groups.map { (($0.weight.int ?? .max), $0.classCount) }
  }

  /// The smallest weight.
  var smallestWeight: Integer { groups[0].weight }

  /// The bits that M has more than the smallest weight.
  var weightRangeBits: Int { total.bitWidth - smallestWeight.bitWidth }

  /// Every class on its own: the first level of inclusion-exclusion.
  var singleClasses: [SubsetLevels.Term] {
    groups.map { SubsetLevels.Term(weight: $0.weight, count: Integer($0.classCount)) }
  }

  /// The fewest distinct labels that `drawCount` draws can show: one with replacement; without, as
  /// many classes as are needed to hold the draws, largest first.
  func fewestDistinct(drawCount: Int, sampling: SamplingScheme) -> Int {
    guard sampling == .withoutReplacement else { return 1 }
    var (labels, left) = (0, drawCount)
    for (size, classCount) in sizes.reversed() {
      // Rounded up: how many classes of this size hold what is left.
      let needed = (left - 1) / size + 1
      if needed <= classCount { return labels + needed }
      labels += classCount
      left -= size * classCount
    }
    return labels
  }

  /// The law of labels other than one of a class of the group at `index`; nil if there are none.
  func removingClass(ofGroup index: Int) -> LabelLaw? {
    guard classCount > 1 else { return nil }
    var rest = groups.map { (weight: $0.weight, classCount: $0.classCount) }
    let items = itemCount.map { $0 - (groups[index].weight.int ?? 0) }
    rest[index].classCount -= 1
    return LabelLaw(groups: rest.filter { $0.classCount > 0 }, itemCount: items)
  }

  /// The law of labels from the first `count` classes of a uniform law.
  func keepingClasses(_ count: Int) -> LabelLaw {
    LabelLaw(
      groups: [(smallestWeight, count)], itemCount: itemCount.map { $0 / classCount * count })
  }

  /// The probability of a class of a group, exactly.
  func probability(of group: Group) -> Rational { Rational(group.weight, total) }
}

extension Integer {
  /// The value times 2^-unit, up to a rounding.
  func scaledDouble(_ unit: Int) -> Double {
    let (mantissa, exponent) = scaledApproximation
    return mantissa * Double(sign: .plus, exponent: exponent - unit, significand: 1)
  }

  /// The nearest `Double`, up to a rounding: for planning only.
  var double: Double {
    let (mantissa, exponent) = scaledApproximation
    return exponent > 1023
      ? .infinity : mantissa * Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
