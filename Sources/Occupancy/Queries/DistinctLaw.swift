// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

/// The law of D_n, the number of distinct labels among n draws: the occupancy distribution.
///
///     P(D_n = d) = [y^d] n!/M^n [z^n] prod_c (1 + y (e^(w_c z) - 1))        with replacement
///     P(D_n = d) = [y^d] [z^n] prod_c (1 + y ((1 + z)^(m_c) - 1)) / binom(M, n)        without
///
/// For equal classes the first is binom(C, d) d! S(n, d)/C^n, S the Stirling numbers of the second
/// kind. The contour method takes both coefficients by the trapezoidal rule on a torus
/// (`OccupancyWindow`), which serves tens to hundreds of d at once; for equal classes it takes
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
  ///   - law: The law of one label.
  ///   - sampling: With or without replacement; without needs a law of a finite set.
  ///   - drawCount: n, at least 1, and at most the number of items without replacement.
  ///   - method: The algorithm; the result does not depend on it.
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
      law: law, sampling: sampling, drawCount: drawCount, method: method, support: support)
  }

  /// P(D_n = d); 0 outside the support.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  public func pmf(_ distinctCount: Int) throws -> ComputableReal {
    guard support.contains(distinctCount) else { return ComputableReal(0) }
    if support.count == 1 { return ComputableReal(1) }
    if distinctCount == law.classCount { return try coverage.value }
    return ComputableReal {
      try table.pmf(distinctCount, precision: $0)
    } isExactly: { candidate in
      // Neither certain nor impossible.
      if candidate.signum <= 0 || candidate >= 1 { return false }
      return try table.exactPMF(distinctCount) == candidate
    }
  }

  /// P(D_n <= d), a sum of positive terms.
  ///
  /// - Throws: `CapacityError` when the chosen method cannot do it.
  public func cdf(_ distinctCount: Int) throws -> ComputableReal {
    if distinctCount < support.lowerBound { return ComputableReal(0) }
    if distinctCount >= support.upperBound { return ComputableReal(1) }
    if distinctCount == law.classCount - 1 { return try coverage.complement }
    return ComputableReal {
      try table.cdf(distinctCount, precision: $0)
    } isExactly: { candidate in
      if candidate.signum <= 0 || candidate >= 1 { return false }
      return try table.exactCDF(distinctCount) == candidate
    }
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
    return ComputableReal { precision in
      // E D_n is at least 1, so the difference loses at most the bits of C.
      let working = precision + 8 + Int.bitWidth - law.classCount.leadingZeroBitCount
      let missed = MissWeights(law: law, sampling: sampling, drawCount: drawCount)
        .sum(law.singleClasses, precision: working).enclosure()
      return Enclosure(law.classCount).subtracting(missed, precision: working)
    } isExactly: { candidate in
      // At least one label, and a class may be missed.
      if candidate <= 1 || candidate >= Rational(law.classCount) { return false }
      return candidate == law.classCount - (try exactMissedClasses())
    }
  }

  /// sum_c P(class c is missed), as a fraction.
  private func exactMissedClasses() throws -> Rational {
    let sum = InclusionExclusion(law: law, sampling: sampling, drawCount: drawCount)
    let levelWork = Double(law.groups.count) * Double(drawCount) * Double(law.total.bitWidth)
    guard levelWork < 1e9 else {
      throw CapacityError(
        request: "the exact mean number of distinct labels for \(drawCount) draws",
        estimate: "a fraction of \(Int(min(levelWork * 0.302, 1e18))) digits",
        suggestion: "ask for another number of digits")
    }
    return sum.exactLevel(law.singleClasses)
  }
}

extension Rational {
  /// An integer minus a fraction.
  static func - (x: Int, y: Rational) -> Rational { Rational(x) - y }
}
