// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The probability that among n draws some class comes exactly once: an anchor without a positive
/// in a batch of supervised contrastive learning.
///
///     with replacement     1 - n!/M^n [z^n] prod_c (e^(w_c z) - w_c z)
///     without              1 - [z^n] prod_c ((1 + z)^(m_c) - m_c z) / binom(M, n)
///
/// The coefficient comes from a contour integral (`NeverOnce`). Where it is negligible beside 1
/// Chernoff's inequality says so, and where the singletons are rare `SingletonUnionBound` encloses
/// them.
///
/// Edge cases, exact: 1 when n = 1, and without replacement when an odd number of draws comes from
/// classes of at most two items or more draws than the classes of two and more items hold; 0 when C
/// = 1 and n > 1, and without replacement when so few items are left out that every class is drawn
/// twice.
///
/// Reference: elementary; the generating function is that of set partitions without singletons,
/// Flajolet & Sedgewick, *Analytic Combinatorics* (2009), II.3.
public struct SingletonProbability: CertifiedProbability {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// n, the number of draws.
  public let drawCount: Int

  private let memo = Memo<Tails>()

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - drawCount: n, from 1 to 10^15 and, without replacement, to the number of items.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(law: LabelLaw, sampling: SamplingScheme, drawCount: Int) throws(DomainError) {
    try law.checkLabels(sampling: sampling, drawCount: drawCount)
    self.law = law
    self.sampling = sampling
    self.drawCount = drawCount
  }

  /// The probability that some class comes exactly once.
  public var value: ComputableReal {
    .probability(
      certain,
      enclosure: {
        try memo.known($0)?.probability ?? nearlyCertain($0) ?? tails(precision: $0).probability
      },
      exactly: { try exactValue() })
  }

  /// Whether a singleton is certain (true), impossible (false) or neither (nil).
  ///
  /// Without replacement and with a class of three items or more, every number of draws from 2 to
  /// the items of all classes of two or more is a sum of numbers 0, 2, ..., m_c.
  public var certain: Bool? {
    if drawCount == 1 { return true }
    if law.classCount == 1 { return false }
    guard sampling == .withoutReplacement else { return nil }
    // Too few items are left out for all but one of a class to be.
    if Integer(drawCount) > law.total - law.smallestWeight + 1 { return law.smallestWeight == 1 }
    let isOdd = law.largestWeight <= 2 && drawCount % 2 == 1
    return isOdd || Integer(drawCount) > pairableItems ? true : nil
  }

  /// The items of the classes that have two or more.
  private var pairableItems: Integer {
    law.groups.reduce(0) { $1.weight > 1 ? $0 + $1.weight * Integer($1.classCount) : $0 }
  }

  /// Both probabilities, each with a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when the contour integral would take too many nodes.
  /// - Complexity: At most 8 sqrt(n bits) nodes, mostly far fewer, of O(G log) products for G
  ///   distinct class sizes.
  public func tails(precision: Int) throws -> Tails { try tails(memo, precision, compute) }

  /// The probability that some class comes exactly once, as a fraction.
  ///
  /// - Throws: `CapacityError` when its numerator and denominator would be too long.
  public func exactValue() throws -> Rational {
    if let certain { return certain ? 1 : 0 }
    let free = ClassConvolution(requirement: .everyClassOnce(law), sampling: sampling).probability(
      ofEachDrawn: [0..<1, 2..<Int.max], drawCount: drawCount, within: CapacityError.patience)
    if let free { return 1 - free }
    throw CapacityError.longFraction(law, drawCount, of: "the exact probability of a singleton")
  }

  /// Notes both tails, with a relative width of at most 2^-precision each, found some other way.
  func note(_ tails: Tails, precision: Int) { memo.note(tails, precision: precision) }

  /// Whether tails of some precision are known.
  var isNoted: Bool { memo.known(1) != nil }

  private var unionBound: SingletonUnionBound {
    SingletonUnionBound(law: law, sampling: sampling, drawCount: drawCount)
  }

  /// The bits by which singletons are rare: T_1 < 2^-rareBits.
  var rareBits: Int {
    max(0, -(unionBound.expectedSingletons(precision: 32).upper.binaryExponent ?? 0))
  }

  /// The most draws for which Q has a saddle point, nil if this many have none, or the closed forms
  /// of `withoutSaddle` take its place.
  var lastWithSaddle: Int? {
    if certain != nil { return nil }
    guard sampling == .withoutReplacement else { return LabelLaw.drawLimit }
    guard law.largestWeight > 2, let most = pairableItems.int, drawCount < most else { return nil }
    return most - 1
  }

  private func compute(_ precision: Int) throws -> Tails {
    let (bound, rareBits) = (unionBound, rareBits)
    if rareBits > precision {
      let once = bound.probability(precision: precision + 2)
      let tails = Tails(probability: once, complement: once.complement(precision: precision + 2))
      if tails.isWithin(relativePrecision: precision) { return tails }
    }
    return try Tails.withComplement(
      precision, of: "the probability of a singleton", spare: rareBits, neverOnce
    ).swapped
  }

  /// The probability that no class comes exactly once, to a relative width of at most 2^-precision.
  private func neverOnce(_ precision: Int) throws -> Enclosure {
    guard let few = withoutSaddle(precision) else {
      return try ContourProbability(function, drawCount: drawCount).enclosure(precision: precision)
    }
    // A power and a quotient of binomial coefficients.
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: 1, precision: precision + 8)
    return few.divided(by: all.enclosure(), precision: precision + 8)
  }

  /// Q.
  var function: NeverOnce { NeverOnce(law: law, sampling: sampling) }

  /// The coefficient where it has a closed form: of the highest degree, which is 1, and for classes
  /// of at most two items, [z^n] (1 + z^2)^c = binom(c, n/2), an even function with two saddle
  /// points.
  private func withoutSaddle(_ precision: Int) -> Enclosure? {
    guard sampling == .withoutReplacement else { return nil }
    if Integer(drawCount) == pairableItems { return Enclosure(1) }
    guard law.largestWeight == 2, let last = law.groups.last else { return nil }
    return Factorials.binomial(last.classCount, drawCount / 2, precision: precision + 8).enclosure()
  }

  /// The probability where it lies within 2^-precision of 1: with Q the generating function,
  /// [z^n]Q <= Q(r) r^-n for every r > 0.
  private func nearlyCertain(_ precision: Int) -> Enclosure? {
    guard withoutSaddle(precision) == nil else { return nil }
    let (function, radius) = (function, ContourPlan.radius(function, degree: drawCount))
    guard radius > 0, radius < .infinity,
      let free = function.product.chance(
        function.value(radius), drawCount: drawCount, radius: radius), free.isFinite,
      (free.binaryExponent ?? 0) < -precision - 2
    else { return nil }
    return Enclosure(lower: Real(0), upper: free).complement(precision: precision + 4)
  }
}
