// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The probability that among n draws some class comes at least twice: the birthday problem.
///
///     with replacement     1 - n! e_n(rho), e_n the elementary symmetric polynomial,
///                          for equal classes 1 - C (C-1) ... (C-n+1)/C^n
///     without              1 - e_n(m)/binom(M, n)
///
/// The probability that all labels differ comes from `AllDistinct`; that of a duplicate from its
/// enclosure, made narrower by as many bits as it is small, which are fewer than 130: two draws
/// share a class with a probability of at least 1/C or, without replacement, 2/M^2.
///
/// Edge cases, exact: 0 when n = 1 and, without replacement, when all classes have one item; 1 when
/// n > C.
///
/// Reference: Flajolet, Gardy, Thimonier, *Birthday paradox, coupon collectors, caching algorithms
/// and self-organizing search*, Discrete Applied Mathematics 39 (1992), section 3.
public struct DuplicateProbability: CertifiedProbability {
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

  /// Whether a duplicate is certain (true), impossible (false) or neither (nil).
  public var certain: Bool? {
    if drawCount == 1 { return false }
    if sampling == .withoutReplacement && law.largestWeight == 1 { return false }
    return drawCount > law.classCount ? true : nil
  }

  /// Both probabilities, each with a relative width of at most 2^-precision.
  ///
  /// - Throws: `CapacityError` when that is too much work.
  /// - Complexity: O(1) logarithms of factorials for equal classes, O(precision) nodes of O(G log
  ///   C) products for G distinct class sizes.
  public func tails(precision: Int) throws -> Tails { try tails(memo, precision, compute) }

  /// Notes both tails, with a relative width of at most 2^-precision each, found some other way.
  func note(_ tails: Tails, precision: Int) { memo.note(tails, precision: precision) }

  /// Whether tails of some precision are known.
  var isNoted: Bool { memo.known(1) != nil }

  /// The bits by which the probability is small, about.
  var smallBits: Int {
    // At least one minus exp of this in size: E of the pairs that share a class.
    let n = Double(drawCount)
    let logPairs = law.logPairChance(sampling) + log(n) + log(n - 1) - ln2
    return Int(saturating: max(0, -logPairs / ln2))
  }

  private func compute(_ precision: Int) throws -> Tails {
    let all = AllDistinct(law: law, sampling: sampling, drawCount: drawCount)
    return try Tails.withComplement(
      precision, of: "the probability of a duplicate", spare: smallBits,
      all.probability(precision:)
    ).swapped
  }

  /// The probability that some class comes at least twice, as a fraction.
  ///
  /// - Throws: `CapacityError` when its numerator and denominator would be too long.
  public func exactValue() throws -> Rational {
    if let certain { return certain ? 1 : 0 }
    if let value = exactComplement(within: CapacityError.patience) { return 1 - value }
    throw CapacityError.longFraction(law, drawCount, of: "the exact probability of a duplicate")
  }

  /// The probability that all labels differ, as a fraction, or nil if that is too much work.
  private func exactComplement(within seconds: Double) -> Rational? {
    guard law.isUniform else {
      return ClassConvolution(requirement: .everyClassOnce(law), sampling: sampling).probability(
        ofEachDrawn: [0..<2], drawCount: drawCount, within: seconds)
    }
    let bits = Double(drawCount) * Double(law.total.bitWidth)
    // Products of all draws by halves, and a reduction.
    guard OperationCost.integer(bits: bits) * log2(bits + 2) < seconds, law.total.int != nil else {
      return nil
    }
    let sets = Integer.binomial(law.classCount, drawCount) * law.smallestWeight.power(drawCount)
    let orders = sampling == .withReplacement ? Integer.factorial(drawCount) : 1
    return Rational(sets * orders, sampling.drawWays(law.total, drawCount))
  }

  /// The least number of draws among which some class comes twice with at least a given
  /// probability, proven: value at n - 1 < p <= value at n.
  ///
  /// - Parameters:
  ///   - probability: p, 0 < p <= 1.
  ///   - sampling: Without replacement needs a law of a finite set.
  /// - Throws: `DomainError` for another p, and where no two draws can share a class;
  ///   `CapacityError` when n is beyond 10^15.
  public static func quantile(_ probability: Rational, law: LabelLaw, sampling: SamplingScheme)
    throws -> Int
  {
    try checkReach(law: law, sampling: sampling)
    let most = law.classCount == .max ? .max : law.classCount + 1
    let search = try QuantileSearch(probability, below: 1, certain: most)
    return try search.value(limit: LabelLaw.drawLimit) { _, logMissed in
      // 1 - P(n) is near exp(-s n^2/2), s the chance that two draws share a class.
      (2 * max(-logMissed, 1e-300) / exp(law.logPairChance(sampling))).squareRoot()
    } tails: { n, precision in
      try Self(law: law, sampling: sampling, drawCount: n).tails(precision: precision)
    } exactly: {
      try Self(law: law, sampling: sampling, drawCount: $0).exactValue()
    }
  }

  /// Throws if no two draws can show the same class.
  package static func checkReach(law: LabelLaw, sampling: SamplingScheme) throws(DomainError) {
    try law.check(sampling: sampling)
    try law.checkNoBlank()
    try DomainError.unless(
      sampling == .withReplacement || law.largestWeight > 1, "largest class", 1,
      "must have at least 2 items for a duplicate without replacement")
  }
}

extension LabelLaw {
  /// ln of the chance that two draws share a class, about, as long as there is one: for planning.
  fileprivate func logPairChance(_ sampling: SamplingScheme) -> Double {
    let total = self.total.double
    let sum = groups.reduce(0.0) {
      let other =
        sampling == .withReplacement ? $1.probability : ($1.weight.double - 1) / (total - 1)
      return $0 + Double($1.classCount) * $1.probability * other
    }
    return log(max(sum, 1e-300))
  }
}
