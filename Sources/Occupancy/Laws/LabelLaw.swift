// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The law of one label: classes with integer weights, equal ones grouped.
///
/// Class c has probability w_c / M with M the sum of all weights: class sizes, numerators over the
/// least common denominator of probabilities, or 1 for each class of a uniform law.
public struct LabelLaw: Sendable {
  /// Classes of equal weight that must come equally often.
  struct Group: Sendable {
    let weight: Integer
    /// weight / M, rounded, at least 10^-250: for planning only, which takes differences of
    /// logarithms and cannot tell smaller ones apart.
    var probability: Double
    /// m: 1 unless a `CoverageGoal` says otherwise.
    var copies = 1
    var classCount: Int

    /// The weight as a number of items, for a finite set.
    var items: Int { weight.int ?? .max }

    /// Whether a class can come m times.
    func canBeReached(_ sampling: SamplingScheme) -> Bool {
      sampling == .withReplacement || items >= copies
    }
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
    let (weights, total) = try Self.weights(probabilities)
    let sum = weights.reduce(0, +)
    try DomainError.unless(
      sum == total || (blank && sum.signum > 0 && sum < total), "sum of the probabilities",
      Rational(sum, total), blank ? "must be greater than 0 and at most 1" : "must be 1")
    self.init(weights: weights.map { ($0, 1) }, itemCount: nil, total: total)
  }

  /// A law given by numbers that the probabilities are proportional to.
  ///
  /// - Parameter numbers: One for each class, at least one.
  /// - Throws: `DomainError` unless every number is positive.
  public init(proportionalTo numbers: [Rational]) throws(DomainError) {
    let weights = try Self.weights(numbers).weights
    let unit = weights.reduce(Integer(0)) { .greatestCommonDivisor($0, $1) }
    self.init(weights: weights.map { ($0.exactlyDivided(by: unit), 1) }, itemCount: nil)
  }

  /// Positive numbers times their least common denominator, and that: products by halves.
  private static func weights(
    _ numbers: [Rational]
  ) throws(DomainError) -> (weights: [Integer], denominator: Integer) {
    for p in numbers {
      try DomainError.unless(p.signum > 0, "probability", p, "must be greater than 0")
    }
    func multiple(_ denominators: ArraySlice<Integer>) -> Integer {
      if denominators.count <= 1 { return denominators.first ?? 1 }
      let middle = (denominators.startIndex + denominators.endIndex) / 2
      return .leastCommonMultiple(
        multiple(denominators[..<middle]), multiple(denominators[middle...]))
    }
    let denominators = numbers.map(\.denominator)
    let all = multiple(denominators[...])
    let megabytes = Double(all.bitWidth) * Double(numbers.count) / 8e6
    try DomainError.unless(
      megabytes <= megabyteLimit, "number of digits of the common denominator",
      Int(saturating: Double(all.bitWidth) * 0.301),
      "must leave weights of at most \(Int(saturating: megabyteLimit)) MB in all, which here "
        + "would take \(Int(saturating: megabytes)) MB")
    return (zip(numbers, denominators).map { $0.numerator * all.exactlyDivided(by: $1) }, all)
  }

  /// What the weights of all classes may take: far more than anything can be computed of.
  private static let megabyteLimit = 64.0

  /// A law given by weights in any order.
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
        weight: $0.weight, probability: max($0.weight.scaledDouble(unit) / size, 1e-250),
        classCount: $0.classCount)
    }
  }

  /// Whether all classes are equally likely, and every draw shows one.
  public var isUniform: Bool { groups.count == 1 && !hasBlank }

  /// Whether some draws show no class.
  public var hasBlank: Bool { blankWeight.signum > 0 }

  /// The smallest and the largest weight.
  var smallestWeight: Integer { groups[0].weight }
  var largestWeight: Integer { groups[groups.count - 1].weight }

  /// The fewest distinct labels that `drawCount` draws can show: one with replacement, or none if
  /// some draws show no class; without, as many classes as are needed to hold the draws, largest
  /// first.
  func fewestDistinct(drawCount: Int, sampling: SamplingScheme) -> Int {
    guard sampling == .withoutReplacement else { return hasBlank ? 0 : 1 }
    var (labels, left) = (0, drawCount)
    for group in groups.reversed() {
      let size = group.weight.int ?? .max
      // Rounded up: how many classes of this size hold what is left.
      let needed = (left - 1) / size + 1
      if needed <= group.classCount { return labels + needed }
      labels += group.classCount
      left -= size * group.classCount
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

  /// [z^n] E(z) r^n, the weight of all draws on the circle of radius r.
  func drawWeight(_ sampling: SamplingScheme, _ n: Int, radius: Double, precision: Int) -> RealBall
  {
    sampling.drawWeight(
      total: total, drawCount: n, radius: radius, unit: unitExponent, precision: precision)
  }
}

/// Laws by what is known of them.
extension LabelLaw {
  /// The law of equally likely classes, without a number of items.
  ///
  /// - Parameter classCount: C, at least 1.
  /// - Throws: `LabelError` naming `classCount` when it is less than 1.
  public static func uniform(classCount: Int) throws(LabelError) -> LabelLaw {
    LabelLaw(try .uniform(classCount: classCount))
  }

  /// The law of a label drawn from a finite set, given by the number of items of each class.
  ///
  /// - Parameter counts: m_1, m_2, ..., at least 1 each, in an order that a `CoverageGoal` can
  ///   refer to.
  /// - Throws: `LabelError` naming the first number that is out of range.
  public static func counts(_ counts: [Int]) throws(LabelError) -> LabelLaw {
    try .counts(counts.map { LabelDistribution.ClassGroup(size: $0, classCount: 1) })
  }

  /// The same with a number of classes for each size.
  public static func counts(_ groups: [LabelDistribution.ClassGroup]) throws(LabelError) -> LabelLaw
  {
    let distribution = try LabelDistribution(groups: groups)
    return LabelLaw(
      weights: groups.map { (Integer($0.size), $0.classCount) }, itemCount: distribution.itemCount)
  }

  /// The law of a built-in data set, `imagenet-1k` for instance; nil if there is none of this name.
  ///
  /// `BuiltInLaw.all` lists them with their sources.
  public static func named(_ name: String) -> LabelLaw? {
    BuiltInLaw.named(name).map { LabelLaw($0.distribution) }
  }
}

/// What draws a law serves.
extension LabelLaw {
  /// The largest number of draws that is served.
  package static let drawLimit = 1_000_000_000_000_000

  /// Checks a number of draws against the law and the scheme.
  func check(sampling: SamplingScheme, drawCount: Int, name: String) throws(DomainError) {
    try check(sampling: sampling, name, drawCount, besides: 0)
  }

  /// Checks a number of draws besides others, 0 or 1.
  private func check(sampling: SamplingScheme, _ name: String, _ count: Int, besides others: Int)
    throws(DomainError)
  {
    let (least, relation) = others == 0 ? (1, "at most") : (0, "less than")
    try DomainError.unless(count >= least, name, count, "must be at least \(least)")
    try check(sampling: sampling)
    let items = sampling == .withoutReplacement ? itemCount ?? .max : .max
    try DomainError.unless(
      count <= items - others, name, count,
      "must be \(relation) \(items), the number of items, without replacement")
    try DomainError.unless(
      count <= Self.drawLimit - others, name, count, "must be \(relation) \(Self.drawLimit)")
  }

  /// Checks a number of draws each of which must show a class.
  func checkLabels(sampling: SamplingScheme, drawCount: Int) throws(DomainError) {
    try check(sampling: sampling, drawCount: drawCount, name: "drawCount")
    try checkNoBlank()
  }

  /// Checks that every draw shows a class, where it must have one.
  func checkNoBlank() throws(DomainError) {
    try DomainError.unless(
      !hasBlank, "sum of the probabilities", "less than 1", "must be 1 where every draw has a class"
    )
  }

  /// Checks a number of negatives: K + 1 draws with the anchor.
  func check(sampling: SamplingScheme, negativeCount: Int) throws(DomainError) {
    try check(sampling: sampling, "negativeCount", negativeCount, besides: 1)
    try checkNoBlank()
  }

  /// Checks that the law is one of a finite set if draws are without replacement.
  func check(sampling: SamplingScheme) throws(DomainError) {
    try DomainError.unless(
      sampling == .withReplacement || itemCount != nil, "sampling", sampling.rawValue,
      "must be with-replacement for a law without class sizes")
  }
}
