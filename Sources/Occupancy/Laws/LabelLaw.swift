// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The law of one label: classes with integer weights, equal ones grouped.
///
/// Class c has probability w_c / M with M the sum of all weights. For a law given by class sizes
/// the weights are the sizes and M is the number of items; for exact probabilities they are the
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
  /// The weight of draws that show no class, part of M.
  let blankWeight: Integer
  /// The classes in the order in which the law was given: so many of a group, so many of another.
  let order: [(group: Int, classCount: Int)]

  /// The law of a label drawn from classes of these sizes.
  public init(_ distribution: LabelDistribution) {
    self.init(
      groups: distribution.groups.map { (Integer($0.size), $0.classCount) },
      itemCount: distribution.itemCount)
  }

  /// A law given by the probability of each class.
  ///
  /// - Parameters:
  ///   - probabilities: One for each class, in an order that a `CoverageGoal` can refer to.
  ///   - blank: Whether what the sum lacks of 1 is the probability of a draw that shows no class.
  /// - Throws: `DomainError` unless every probability is positive and they sum to exactly 1, or to
  ///   at most 1 with a blank.
  public init(probabilities: [Rational], blank: Bool = false) throws(DomainError) {
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
    guard sum == 1 || (blank && sum.signum > 0 && sum < 1) else {
      throw DomainError(
        parameter: "sum of the probabilities", value: sum.description,
        requirement: blank ? "must be greater than 0 and at most 1" : "must be 1")
    }
    let weights = probabilities.map {
      $0.numerator * denominator.exactlyDivided(by: $0.denominator)
    }
    self.init(weights: weights.map { ($0, 1) }, itemCount: nil, total: denominator)
  }

  /// The law of classes of these sizes, in this order.
  init(sizes: [LabelDistribution.ClassGroup], itemCount: Int?) {
    self.init(weights: sizes.map { (Integer($0.size), $0.classCount) }, itemCount: itemCount)
  }

  /// A law given by weights in any order, of which the rest of `total` is blank.
  private init(
    weights: [(weight: Integer, classCount: Int)], itemCount: Int?, total: Integer? = nil
  ) {
    var groups: [(weight: Integer, classCount: Int)] = []
    var places = Array(repeating: 0, count: weights.count)
    for place in weights.indices.sorted(by: { weights[$0].weight < weights[$1].weight }) {
      let (weight, classCount) = weights[place]
      if let last = groups.last, last.weight == weight {
        groups[groups.count - 1].classCount += classCount
      } else {
        groups.append((weight, classCount))
      }
      places[place] = groups.count - 1
    }
    self.init(
      groups: groups, itemCount: itemCount, total: total,
      order: zip(places, weights).map { ($0, $1.classCount) })
  }

  /// - Parameters:
  ///   - groups: By increasing weight.
  ///   - total: M; the sum of the weights unless some draws are blank.
  ///   - order: The classes as they were given; as in `groups` unless told otherwise.
  private init(
    groups: [(weight: Integer, classCount: Int)], itemCount: Int?, total: Integer? = nil,
    order: [(group: Int, classCount: Int)]? = nil
  ) {
    var (sum, classCount) = (Integer(0), 0)
    for group in groups {
      sum.addProduct(group.weight, Integer(group.classCount))
      classCount += group.classCount
    }
    let total = total ?? sum
    self.total = total
    blankWeight = total - sum
    self.classCount = classCount
    self.itemCount = itemCount
    self.order = order ?? groups.enumerated().map { ($0.offset, $0.element.classCount) }
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

  /// Whether all classes are equally likely, and every draw shows one.
  public var isUniform: Bool { groups.count == 1 && !hasBlank }

  /// Whether some draws show no class.
  public var hasBlank: Bool { blankWeight.signum > 0 }

  /// Groups of class sizes as machine integers, for a finite set.
  var sizes: [(size: Int, classCount: Int)] {
    groups.map { (($0.weight.int ?? .max), $0.classCount) }
  }

  /// The smallest weight.
  var smallestWeight: Integer { groups[0].weight }

  /// The fewest distinct labels that `drawCount` draws can show: one with replacement, or none if
  /// some draws show no class; without, as many classes as are needed to hold the draws, largest
  /// first.
  func fewestDistinct(drawCount: Int, sampling: SamplingScheme) -> Int {
    guard sampling == .withoutReplacement else { return hasBlank ? 0 : 1 }
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

  /// The law of labels other than one of a class of a weight; nil if there are none.
  func removingClass(ofWeight weight: Integer) -> LabelLaw? {
    guard classCount > 1 || hasBlank else { return nil }
    let rest = groups.compactMap { group -> (weight: Integer, classCount: Int)? in
      let left = group.classCount - (group.weight == weight ? 1 : 0)
      return left > 0 ? (group.weight, left) : nil
    }
    return LabelLaw(
      groups: rest, itemCount: itemCount.map { $0 - (weight.int ?? 0) }, total: total - weight)
  }

  /// The law of labels from the first `count` classes of a uniform law.
  func keepingClasses(_ count: Int) -> LabelLaw {
    LabelLaw(
      groups: [(smallestWeight, count)], itemCount: itemCount.map { $0 / classCount * count })
  }

  /// The probability of a class of this weight, rounded: see `Group`.
  func probability(ofWeight weight: Integer) -> Double {
    max(weight.scaledDouble(unitExponent) / scaledTotal, 1e-250)
  }
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
