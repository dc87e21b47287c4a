// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels

/// An algorithm for coverage and occupancy; all agree, they differ in what they can reach.
public enum OccupancyMethod: String, CaseIterable, Hashable, Sendable {
  /// The fastest method for the request.
  case auto
  /// Sums over missed classes with alternating signs, truncated where Bonferroni's
  /// inequalities certify it.
  case inclusionExclusion = "inclusion-exclusion"
  /// The positive recurrence of Stirling numbers of the second kind and its relatives.
  case stirling
  /// Cauchy's integral on the circle through the saddle point.
  case contour
}

/// The three methods and the choice between them.
extension CoverageProbability {
  /// Both tails, neither of which is 0 or 1.
  func compute(_ precision: Int) throws -> Tails {
    switch method {
    case .auto:
      try byUnionBound(precision) ?? byShortFraction(precision)
        ?? (isSumShort ? byInclusionExclusion(precision) : byContour(precision))
    case .inclusionExclusion:
      requirement.isComplete ? try byInclusionExclusion(precision) : try byFraction(precision)
    case .stirling: try byRecurrence(precision)
    case .contour: try byUnionBound(precision) ?? byContour(precision)
    }
  }

  private var product: OccupancyProduct { OccupancyProduct(requirement, sampling) }
  private var estimate: CoverageEstimate { CoverageEstimate(product) }
  private var sum: InclusionExclusion {
    InclusionExclusion(requirement: requirement, sampling: sampling, drawCount: drawCount)
  }

  /// Whether the sum over missed classes, all of them equal, needs few terms, none of which is
  /// large.
  private var isSumShort: Bool {
    requirement.isEven && requirement.isSingle && requirement.isComplete
      && estimate.missedClasses(drawCount: Double(drawCount)) <= 2
  }

  /// Bits that cancel in 1 - T_1 + T_2 - ... are added until both tails are narrow enough.
  private func byInclusionExclusion(_ precision: Int) throws -> Tails {
    try Tails.withComplement(precision, of: "inclusion-exclusion", spare: 0) {
      try sum.missProbability(precision: $0).clampedToProbability
    }.swapped
  }

  private func byRecurrence(_ precision: Int) throws -> Tails {
    guard let recurrence = StirlingRecurrence(requirement, sampling: sampling) else {
      return try byFraction(precision)
    }
    let all = try recurrence.distinctLaw(drawCount: drawCount, precision: precision + 8)
    // Sums of states, all positive.
    func sum(_ states: ArraySlice<Enclosure>) -> Enclosure {
      states.reduce(Enclosure(0)) { $0.adding($1, precision: precision + 16) }.clampedToProbability
    }
    let needed = min(requirement.needed, all.count)
    return Tails(probability: sum(all[needed...]), complement: sum(all[..<needed]))
  }

  /// Tails of the fraction.
  private func byFraction(_ precision: Int) throws -> Tails {
    let exact = try fraction.value(0) { _ in
      if let value = exactValue(within: CapacityError.patience) { return value }
      throw CapacityError(
        request: "the method \(method.rawValue) for \(requirement.classCount) classes, "
          + "\(requirement.mostCopies) copies and \(drawCount) draws",
        estimate: CapacityError.duration(CapacityError.patience) + " in exact integers",
        suggestion: "use --method contour")
    }
    return Tails(exact, precision: precision)
  }

  /// The probability as a fraction, or nil if that takes longer.
  func exactValue(within seconds: Double) -> Rational? {
    let recurrence = ClassConvolution(requirement: requirement, sampling: sampling)
    if requirement.isComplete {
      return (requirement.isSingle ? sum.exactValue(within: seconds) : nil)
        ?? recurrence.probability(drawCount: drawCount, within: seconds)
    }
    var law: [Rational]?
    if requirement.isSingle {
      let top = min(drawCount, requirement.classCount)
      law = sum.exactDistinctLaw(upTo: top, within: seconds)
      if law == nil && method == .inclusionExclusion { return nil }
    }
    law = law ?? recurrence.distinctLaw(drawCount: drawCount, within: seconds)
    return law?[requirement.needed...].reduce(0, +)
  }

  /// Tails of the fraction, where many digits of it are asked for and the integral takes longer.
  private func byShortFraction(_ precision: Int) -> Tails? {
    guard precision >= 256, drawCount > requirement.totalCopies || !requirement.isComplete else {
      return nil
    }
    return exactValue(within: min(integralSeconds(precision), CapacityError.patience)).map {
      Tails($0, precision: precision)
    }
  }

  /// What the integral takes, about.
  private func integralSeconds(_ precision: Int) -> Double {
    guard requirement.isComplete else {
      return SomeClasses(product: product, drawCount: drawCount).seconds(precision: precision)
    }
    let (function, bits) = (AllReached(product: product), Double(precision))
    let plan = ContourPlan(function, degree: drawCount, bits: bits)
    return function.seconds(plan, work: function.work, bits: bits + 64)
  }

  /// -log2 of the chance to miss the goal, about.
  private var missBits: Int {
    let missed = estimate.logTails(drawCount: Double(drawCount)).missed
    return Int(saturating: min(1e9, max(0, -missed / 0.693)))
  }

  /// Both tails when the chance to miss a class is smaller than the precision asked for, else nil.
  private func byUnionBound(_ precision: Int) -> Tails? {
    guard requirement.isComplete, missBits > precision + 8 else { return nil }
    let miss = UnionBound(requirement: requirement, sampling: sampling, drawCount: drawCount)
      .probability(precision: precision)
    let tails = Tails(probability: miss.complement(precision: precision + 1), complement: miss)
    return tails.isWithin(relativePrecision: precision) ? tails : nil
  }

  /// 1 - v_n comes from the enclosure of v_n, which is made as many bits narrower as 1 - v_n is
  /// small: that costs less than an integral of its own, unless it is this that the arithmetic of
  /// fixed size serves. When it is smaller than the precision asked for, `UnionBound` encloses it by
  /// its own formula.
  private func byContour(_ precision: Int) throws -> Tails {
    guard requirement.isComplete else {
      return try SomeClasses(product: product, drawCount: drawCount).tails(precision: precision)
    }
    let bits = precision + 8 + lostBits
    if bits <= FixedArithmetic.precision, bits + missBits > FixedArithmetic.precision,
      requirement.failureLimit(sampling).map({ drawCount < $0 }) ?? true
    {
      return try Tails.withComplement(precision, spare: 0) {
        try ContourProbability(SomeMissed(product: product), drawCount: drawCount).enclosure(
          precision: $0)
      }.swapped
    }
    // The estimate may be far too small only where the bound above has served.
    return try Tails.withComplement(precision, spare: min(missBits, precision + 64)) {
      // The saddle point exists above the lowest degree only.
      drawCount == requirement.totalCopies
        ? lowestCoefficient($0)
        : try ContourProbability(AllReached(product: product), drawCount: drawCount).enclosure(
          precision: $0)
    }
  }

  /// What nodes in words lose, about: see `LostUnits`.
  private var lostBits: Int {
    let nodes = 12 * Double(drawCount) + 3 * law.scaledTotal
    return Int(saturating: log2(nodes + 8 * Double(requirement.classCount)).rounded(.up))
  }

  /// The fewest draws, every class exactly m_c times: (sum m_c)! prod_c w_c^(m_c)/m_c! / M^n or
  /// prod_c binom(w_c, m_c) / binom(M, n).
  private func lowestCoefficient(_ precision: Int) -> Enclosure {
    // At most 4 roundings for each part and bit of a power, each of which costs 2^-working C.
    let working = precision + 20 + 3 * drawCount.bitLength
    var product = RealBall(1, precision: working)
    for part in requirement.parts {
      // All draws of the class alone, on a circle of radius 1.
      var power = sampling.drawWeight(
        total: part.weight, drawCount: part.copies, radius: 1, precision: working)
      power.formPower(part.classCount)
      product.multiply(by: power)
    }
    product.divide(
      by: sampling.drawWeight(total: law.total, drawCount: drawCount, radius: 1, precision: working)
    )
    return product.enclosure().clampedToProbability
  }
}
