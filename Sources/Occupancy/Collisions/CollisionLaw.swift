// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The law of Col, the number of K negatives whose class is the anchor's.
///
/// Given the anchor's class c, of weight w_c of M in all,
///
///     with replacement     Col ~ Binomial(K, rho_c), rho_c = w_c/M
///     without              Col ~ Hypergeometric(M - 1, m_c - 1, K): the anchor is not drawn again
///
/// and the law is their mixture with the weights rho_c = m_c/M. Every value is a fraction where
/// that is short, else a number that can be enclosed as narrowly as asked, tails near 0 and near 1
/// alike (`CountLogWindow` and `CountLogMoments` prove the expected logarithm).
///
/// Reference: Nozawa & Sato, *Understanding Negative Samples in Instance Discriminative
/// Self-supervised Representation Learning*, NeurIPS 2021, arXiv 2102.06866; Arora et al., *A
/// Theoretical Analysis of Contrastive Unsupervised Representation Learning*, ICML 2019, arXiv
/// 1902.09229 (tau).
public struct CollisionLaw: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// K, the number of negatives.
  public let negativeCount: Int

  private let mixtureMemo = Memo<CollisionMixture>()
  private let tailsMemo = Memo<Tails>()
  private let logMemo = Memo<Enclosure>()
  /// Whether both tails at 0 were given, so that no fraction need be made.
  private let hasTails: Bool

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - negativeCount: K, at least 0 and below 10^15, and below the number of items without
  ///     replacement, as the anchor is one of them.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(law: LabelLaw, sampling: SamplingScheme, negativeCount: Int) throws(DomainError) {
    try law.check(sampling: sampling, negativeCount: negativeCount)
    self.law = law
    self.sampling = sampling
    self.negativeCount = negativeCount
    hasTails = false
  }

  /// A law of which enclosures of relative width 2^-precision are known.
  init(
    _ mixture: CollisionMixture, _ law: LabelLaw, _ sampling: SamplingScheme, log: Enclosure?,
    tails: Tails?, precision: Int
  ) {
    self.law = law
    self.sampling = sampling
    negativeCount = mixture.negativeCount
    hasTails = tails != nil
    mixtureMemo.note(mixture, precision: 0)
    if let log { logMemo.note(log, precision: precision) }
    if let tails { tailsMemo.note(tails, precision: precision) }
  }

  // MARK: - Values

  /// tau_K = P(Col >= 1), the collision probability.
  public var probability: ComputableReal { ccdf(0) }

  /// 1 - tau_K = P(Col = 0) = sum_c rho_c (1 - rho_c)^K, or its analogue without replacement.
  public var freeProbability: ComputableReal { cdf(0) }

  /// E Col = K sum_c rho_c^2, or K sum_c (m_c/M)(m_c - 1)/(M - 1) without replacement: a fraction.
  public var mean: ComputableReal {
    ComputableReal(Rational(negativeCount) * mixture.collisionRate)
  }

  /// E ln(1 + Col), in nats: 0 where no collision is possible.
  ///
  /// Never a fraction otherwise: with q the common denominator of the probabilities, e^(q E) is
  /// the product of (1+m)^(q P(Col = m)), an integer above 1, so e to a fraction would be the q-th
  /// root of an integer; but e to any fraction except 0 is transcendental (Hermite-Lindemann).
  ///
  /// - Throws: on use, `CapacityError` for more unequal classes and digits than can be summed.
  public var expectedLog: ComputableReal {
    if isAtMost(0) == true { return ComputableReal(0) }
    // With the bits that are asked for below, so that it is summed once for both.
    return ComputableReal(irrational: { try expectedLog(precision: $0 + Self.quotientBits) })
  }

  /// E[ln(1 + Col) | Col >= 1] = E ln(1 + Col) / tau_K; nil where no collision is possible.
  ///
  /// Never a fraction, being the product of a transcendental number and a fraction.
  public var expectedLogGivenCollision: ComputableReal? {
    switch isAtMost(0) {
    case true: return nil
    case false: return expectedLog
    default: break
    }
    return ComputableReal(irrational: { precision in
      // Two factors of relative width 2^-(precision+3) and two roundings: below 2^-precision.
      let log = try expectedLog(precision: precision + Self.quotientBits)
      let tau = try tails(0, precision: precision + Self.quotientBits).complement
      return log.divided(by: tau, precision: precision + 8)
    })
  }

  /// P(Col = m); 0 outside 0...K.
  ///
  /// - Complexity: O(G log K) products for G distinct class sizes.
  public func pmf(_ collisionCount: Int) -> ComputableReal {
    let (m, mixture) = (collisionCount, mixture)
    return value(mixture, mixture.isEqual(to: m), m...m) { precision in
      try refine(precision) { mixture.pmf(m, precision: $0) }
    }
  }

  /// P(Col <= m).
  public func cdf(_ collisionCount: Int) -> ComputableReal {
    let m = collisionCount
    return value(mixture, isAtMost(m), 0...max(m, 0)) { try tails(m, precision: $0).probability }
  }

  /// P(Col > m), by its own sum where it is small.
  public func ccdf(_ collisionCount: Int) -> ComputableReal {
    let m = collisionCount
    return value(mixture, isAtMost(m), 0...max(m, 0), isComplement: true) {
      try tails(m, precision: $0).complement
    }
  }

  // MARK: - Enclosures

  /// P(Col in values), or its complement: 0 or 1, a short fraction, or a number that is enclosed.
  private func value(
    _ mixture: CollisionMixture, _ certain: Bool?, _ values: ClosedRange<Int>,
    isComplement: Bool = false, _ enclosure: @escaping @Sendable (Int) throws -> Enclosure
  ) -> ComputableReal {
    if certain == nil, !(hasTails && values == 0...0),
      let exact = mixture.exactValue(of: values, limit: CollisionMixture.cheapBits)
    {
      return ComputableReal(isComplement ? 1 - exact : exact)
    }
    return .probability(isComplement ? certain.map { !$0 } : certain, enclosure: enclosure) {
      let exact = try exactly(values)
      return isComplement ? 1 - exact : exact
    }
  }

  /// What is computed, in words of an error.
  private static let operation = "the law of collisions"

  private var mixture: CollisionMixture {
    mixtureMemo.value(0) { _ in CollisionMixture(law, sampling, negativeCount: negativeCount) }
  }

  /// Whether Col <= m surely (true), never (false) or neither (nil), as where tails are known.
  private func isAtMost(_ m: Int) -> Bool? { hasTails && m == 0 ? nil : mixture.isAtMost(m) }

  /// Both tails at m; those at 0 are kept for the other columns of a row.
  private func tails(_ m: Int, precision: Int) throws -> Tails {
    func compute(_ precision: Int) throws -> Tails {
      let mixture = mixture
      return try Refinement.result(of: Self.operation, precision: precision, spare: firstSpare) {
        mixture.tails(m, precision: $0)
      } missing: {
        $0.missingBits(relativePrecision: precision)
      }
    }
    return m == 0 ? try tailsMemo.value(precision, compute) : try compute(precision)
  }

  private func expectedLog(precision: Int) throws -> Enclosure {
    try logMemo.value(precision) { precision in
      let sum = CollisionExpectedLog(law: mixture)
      return try refine(precision) { try sum.enclosure(precision: $0) }
    }
  }

  /// Bits that a quotient takes of both its parts beyond its own.
  private static let quotientBits = 3

  /// Bits that K-fold products and window sums lose.
  private var firstSpare: Int { 24 + negativeCount.bitLength }

  /// Raises the working precision until the relative width is at most 2^-precision.
  private func refine(_ precision: Int, _ enclose: (Int) throws -> Enclosure) throws -> Enclosure {
    try Refinement.enclosure(
      of: Self.operation, precision: precision, spare: firstSpare, computing: enclose)
  }

  /// P(Col in values) as a fraction.
  private func exactly(_ values: ClosedRange<Int>) throws -> Rational {
    if let exact = mixture.exactValue(of: values, limit: CollisionMixture.longestBits) {
      return exact
    }
    throw CapacityError(
      request:
        "deciding whether a collision probability for \(negativeCount) negatives is a decimal",
      estimate: "a fraction of over \(Int(saturating: CollisionMixture.longestBits / 3.3)) digits",
      suggestion: "ask for another number of digits")
  }
}
