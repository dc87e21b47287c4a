// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The three methods and the choice between them.
extension CoverageProbability {
  /// Both tails, neither of which is 0 or 1.
  func compute(_ precision: Int) throws -> Tails {
    switch method {
    case .auto:
      try byUnionBound(precision)
        ?? (isSumShort ? byInclusionExclusion(precision) : byContour(precision))
    case .inclusionExclusion: try byInclusionExclusion(precision)
    case .stirling: try byRecurrence(precision)
    case .contour: try byUnionBound(precision) ?? byContour(precision)
    }
  }

  private var estimate: CoverageEstimate {
    CoverageEstimate(law: law, sampling: sampling, drawCount: drawCount)
  }

  /// Whether the sum over missed classes of a uniform law needs few terms, none of which is large.
  private var isSumShort: Bool { law.isUniform && estimate.missedClasses <= 2 }

  // MARK: - Inclusion-exclusion

  private func byInclusionExclusion(_ precision: Int) throws -> Tails {
    let sum = InclusionExclusion(law: law, sampling: sampling, drawCount: drawCount)
    var working = precision + 4
    // Bits that cancel in 1 - T_1 + T_2 - ... are added until both tails are narrow enough.
    while working < 1 << 24 {
      let miss = try sum.missProbability(precision: working).clampedToProbability
      let tails = Tails(
        probability: miss.complement(precision: working + 64), complement: miss)
      if tails.isWithin(relativePrecision: precision) { return tails }
      let accurate = min(tails.probability.accurateBits ?? 0, miss.accurateBits ?? 0)
      working += max(precision - accurate, 0) + 16 + (accurate == 0 ? working : 0)
    }
    throw ConvergenceError(operation: "inclusion-exclusion", precisionReached: working)
  }

  // MARK: - Recurrence

  private func byRecurrence(_ precision: Int) throws -> Tails {
    if !law.isUniform {
      guard
        let exact = ClassConvolution(law: law, sampling: sampling).coverage(
          drawCount: drawCount, workLimit: 2e10)
      else {
        throw StirlingRecurrence.refusal(
          "the recurrence over \(law.classCount) unequal classes and \(drawCount) draws",
          "over a minute in exact integers")
      }
      return Tails(
        probability: Enclosure(exact, precision: precision + 1),
        complement: Enclosure(1 - exact, precision: precision + 1))
    }
    let all = try StirlingRecurrence(law: law, sampling: sampling)
      .distinctLaw(drawCount: drawCount, precision: precision + 8)
    // 1 - v_n = P(D_n < C): a sum of the other states, all positive.
    let miss = all.dropLast().reduce(Enclosure(0)) {
      $0.adding($1, precision: precision + 16)
    }
    return Tails(probability: all[law.classCount], complement: miss.clampedToProbability)
  }

  // MARK: - Contour

  /// Both tails when 1 - v_n is smaller than the precision asked for, else nil.
  private func byUnionBound(_ precision: Int) -> Tails? {
    guard missBits > precision + 8 else { return nil }
    let miss = UnionBound(law: law, sampling: sampling, drawCount: drawCount)
      .missProbability(precision: precision)
    let tails = Tails(probability: miss.complement(precision: precision + 1), complement: miss)
    return tails.isWithin(relativePrecision: precision) ? tails : nil
  }

  /// -log2(1 - v_n), about.
  private var missBits: Int { Int(min(1e9, max(0, -estimate.logMissProbability / 0.693))) }

  /// 1 - v_n comes from the enclosure of v_n, which is made as many bits narrower as 1 - v_n is
  /// small: that costs less than an integral of its own. When it is smaller than the precision asked
  /// for, `UnionBound` encloses it by its own formula.
  private func byContour(_ precision: Int) throws -> Tails {
    // The estimate may be far too small only where the bound above has served.
    var working = precision + 2 + min(missBits, precision + 64)
    while working < 1 << 24 {
      let v = try coverageByContour(working)
      let tails = Tails(probability: v, complement: v.complement(precision: working + 8))
      if tails.isWithin(relativePrecision: precision) { return tails }
      working += 8 + max(8, precision - (tails.complement.accurateBits ?? 0))
    }
    throw ConvergenceError(operation: "the contour integral", precisionReached: working)
  }

  private func coverageByContour(_ precision: Int) throws -> Enclosure {
    // The saddle point exists above the lowest degree only.
    if drawCount == law.classCount { return lowestCoefficient(precision) }
    return try ContourProbability(coverageOf: law, sampling: sampling, drawCount: drawCount)
      .enclosure(precision: precision)
  }

  /// v_C: every draw is a new class, C! prod_c w_c / M^C or prod_c m_c / binom(M, C).
  private func lowestCoefficient(_ precision: Int) -> Enclosure {
    // At most 2C + 30 roundings, each of which costs 2^-working.
    let working = precision + 12 + 2 * (Int.bitWidth - law.classCount.leadingZeroBitCount)
    var product = RealBall(1, precision: working)
    var power = RealBall(precision: working)
    for group in law.groups {
      power.set(group.weight)
      power.formPower(group.classCount)
      product.multiply(by: power)
    }
    product.divide(
      by: sampling.drawWeight(
        total: law.total, drawCount: drawCount, radius: 1, precision: working))
    return product.enclosure()
  }
}
