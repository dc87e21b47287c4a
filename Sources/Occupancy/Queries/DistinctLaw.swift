// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// The law of D_n, the number of distinct labels among n draws: the occupancy distribution.
///
///     P(D_n = d) = [y^d] n!/M^n [z^n] prod_c (1 + y (e^(w_c z) - 1))        with replacement
///     P(D_n = d) = [y^d] [z^n] prod_c (1 + y ((1 + z)^(m_c) - 1)) / binom(M, n)        without
///
/// For equal classes the first is binom(C, d) d! S(n, d)/C^n, S the Stirling numbers of the second
/// kind. The contour method takes both coefficients by the trapezoidal rule on a torus
/// (`DistinctWindow`), which serves tens to hundreds of d at once; for equal classes it takes
/// binom(C, d) times the chance that all draws fall into d given classes and cover these.
///
/// Reference: Johnson, Kotz, *Urn Models and Their Application* (1977), chapter 3.
public struct DistinctLaw: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// n, the number of draws.
  public let drawCount: Int
  /// The algorithm.
  public let method: OccupancyMethod
  /// The d with a positive probability.
  public let support: ClosedRange<Int>

  private let table: DistinctTable

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - drawCount: n, at least 1, and at most the number of items without replacement.
  ///   - method: The result does not depend on it.
  /// - Throws: `DomainError` naming the parameter that is out of range.
  public init(
    law: LabelLaw, sampling: SamplingScheme, drawCount: Int, method: OccupancyMethod = .auto
  ) throws(DomainError) {
    try law.check(sampling: sampling, drawCount: drawCount, name: "drawCount")
    self.law = law
    self.sampling = sampling
    self.drawCount = drawCount
    self.method = method
    support =
      law.fewestDistinct(drawCount: drawCount, sampling: sampling)...min(drawCount, law.classCount)
    table = DistinctTable(
      .everyClassOnce(law), sampling: sampling, drawCount: drawCount, method: method,
      support: support)
  }

  /// P(D_n = d); 0 outside the support.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  public func pmf(_ distinctCount: Int) throws -> ComputableReal {
    let d = distinctCount
    let certain = !support.contains(d) ? false : support.count == 1 ? true : nil
    if certain == nil && d == law.classCount { return try coverage.value }
    return .probability(
      certain, enclosure: { try table.pmf(d, precision: $0) }, exactly: { try table.exactPMF(d) })
  }

  /// P(D_n <= d), a sum of positive terms.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  public func cdf(_ distinctCount: Int) throws -> ComputableReal {
    let d = distinctCount
    let certain = certainty(atMost: d)
    if certain == nil && d == law.classCount - 1 { return try coverage.complement }
    return .probability(
      certain, enclosure: { try table.tail(.atMost, d, precision: $0) },
      exactly: { try table.exactCDF(d) })
  }

  /// P(D_n > d), a sum of positive terms.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  public func ccdf(_ distinctCount: Int) throws -> ComputableReal {
    let d = distinctCount
    let certain = certainty(atMost: d)
    if certain == nil && d == law.classCount - 1 { return try coverage.value }
    return .probability(
      certain.map { !$0 }, enclosure: { try table.tail(.atLeast, d + 1, precision: $0) },
      exactly: { 1 - (try table.exactCDF(d)) })
  }

  /// Whether D_n <= d for certain (true), for certain not (false), or neither (nil).
  private func certainty(atMost d: Int) -> Bool? {
    d < support.lowerBound ? false : d >= support.upperBound ? true : nil
  }

  /// The least d with P(D_n <= d) >= p, proven: P(D_n <= d-1) < p <= P(D_n <= d).
  ///
  /// - Parameter probability: p, 0 < p <= 1.
  /// - Throws: `DomainError` for another p; `CapacityError` when the chosen method cannot do it.
  public func quantile(_ probability: Rational) throws -> Int {
    let search = try QuantileSearch(
      probability, below: support.lowerBound - 1, certain: support.upperBound)
    // A few bits do to guess from.
    let center = try mean.enclosure(precision: 32).lower.double()
    return try search.value(limit: support.upperBound) { _, _ in
      center
    } tails: { d, precision in
      Tails(
        probability: try cdf(d).enclosure(precision: precision),
        complement: try ccdf(d).enclosure(precision: precision))
    } exactly: { d in
      try cdf(d).exact ?? table.exactCDF(d)
    }
  }

  /// Refuses a law of which all probabilities would take over ten seconds, and a millisecond each up
  /// to a minute.
  ///
  /// - Throws: `CapacityError` with an estimate.
  package func checkWhole(significantDigits: Int) throws(CapacityError) {
    let patience = CapacityError.patience
    let limit = min(6 * patience, patience + 1e-3 * Double(support.count))
    let precision = Int(saturating: Double(significantDigits) * 3.32193) + 20
    let seconds = table.secondsOfWhole(precision: precision, limit: limit)
    guard seconds > limit else { return }
    throw CapacityError(
      request: "all \(support.count) probabilities of the law of distinct labels for "
        + "\(law.classCount) classes and \(drawCount) draws",
      estimate: CapacityError.duration(seconds), suggestion: "ask for a '--summary'")
  }

  private var coverage: CoverageProbability {
    get throws {
      try CoverageProbability(law: law, sampling: sampling, drawCount: drawCount, method: method)
    }
  }

  /// E D_n = C - sum_c P(class c is missed).
  ///
  /// - Complexity: O(G) powers for G distinct class sizes.
  public var mean: ComputableReal {
    if support.count == 1 { return ComputableReal(Rational(support.lowerBound)) }
    let single = table.requirement.singleClasses()
    @Sendable func fraction() throws -> Rational {
      Rational(law.classCount) - (try missedPairs.exactLevel(single))
    }
    return ComputableReal(
      enclosure: { precision in
        // What the difference loses: E D_n is at least 1 unless some draws show no class.
        try Refinement.enclosure(
          of: "the mean number of labels", precision: precision, spare: 8 + law.classCount.bitLength
        ) { working in
          let missed = MissWeights(law: law, sampling: sampling, drawCount: drawCount).sum(
            single, precision: working
          ).enclosure()
          return Enclosure(law.classCount).subtracting(missed, precision: working)
        }
      }, fraction: fraction,
      isExactly: { candidate in
        // At least one label unless a draw may show none, and a class may be missed.
        candidate > (law.hasBlank ? 0 : 1) && candidate < Rational(law.classCount)
          ? try fraction() == candidate : false
      })
  }

  /// Var D_n; exactly 0 where D_n is certain.
  ///
  /// - Complexity: O(G^2) powers for G distinct class sizes, fewer where sums of sizes coincide.
  public var variance: ComputableReal {
    if support.count == 1 { return ComputableReal(0) }
    return ComputableReal(
      enclosure: { try missedPairs.variance(precision: $0) },
      fraction: { try missedPairs.exactVariance() },
      isExactly: { $0.signum > 0 ? try missedPairs.exactVariance() == $0 : false })
  }

  /// The square root of the variance.
  public var standardDeviation: ComputableReal { variance.squareRoot }

  private var missedPairs: MissedPairs {
    MissedPairs(requirement: table.requirement, sampling: sampling, drawCount: drawCount)
  }
}
