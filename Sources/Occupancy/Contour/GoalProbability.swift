// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels

/// The probability that n draws reach a `CoverageGoal` other than every class once: at least j of the C
/// classes at least m times each.
///
///     with replacement     n!/M^n [z^n] G(z),  without  [z^n] G(z) / binom(M, n)
///
/// with G the `CopiesFunction` for j = C, else the `PartialFunction`.
struct GoalProbability {
  let law: LabelLaw
  let sampling: SamplingScheme
  let drawCount: Int
  let goal: CoverageGoal
  let method: OccupancyMethod

  var copies: Int { goal.copies }
  var needed: Int { goal.classCount(of: law) }

  // MARK: - Certain cases

  /// Whether the goal is reached for certain (true), for certain not (false) or neither (nil).
  ///
  /// j classes take at least m j draws and, without replacement, must have m items each. Up to
  /// `failureLimit` draws can miss the goal, more cannot.
  var certain: Bool? {
    if drawCount / copies < needed || needed > reachableClasses { return false }
    if let failureLimit, drawCount > failureLimit { return true }
    return nil
  }

  /// The classes that can be drawn m times.
  private var reachableClasses: Int {
    guard sampling == .withoutReplacement else { return law.classCount }
    return law.sizes.reduce(0) { $0 + ($1.size >= copies ? $1.classCount : 0) }
  }

  /// The most draws that can miss the goal: j - 1 classes drawn without limit and the others m - 1
  /// times each; nil if there is no limit.
  var failureLimit: Int? {
    let short = copies - 1
    guard sampling == .withoutReplacement else {
      return needed == 1 ? law.classCount * short : nil
    }
    var (left, most) = (needed - 1, 0)
    for (size, classCount) in law.sizes.reversed() {
      let full = min(left, classCount)
      most += full * size + (classCount - full) * min(size, short)
      left -= full
    }
    return most
  }

  // MARK: - Enclosures

  /// Both tails, neither of which is 0 or 1.
  func compute(_ precision: Int) throws -> Tails {
    switch method {
    case .auto, .contour:
      return goal.isComplete(for: law) ? try allClasses(precision) : try someClasses(precision)
    case .inclusionExclusion, .stirling:
      guard let exact = exactIfCheap(workLimit: 2e10) else {
        throw CapacityError(
          request: "the method \(method.rawValue) for \(law.classCount) classes, \(copies) copies "
            + "and \(drawCount) draws",
          estimate: "over a minute in exact integers", suggestion: "use --method contour")
      }
      return Tails(
        probability: Enclosure(exact, precision: precision + 1),
        complement: Enclosure(1 - exact, precision: precision + 1))
    }
  }

  /// Every class at least m times: as `CoverageProbability` does it for m = 1.
  private func allClasses(_ precision: Int) throws -> Tails {
    let bound = ShortfallBound(
      law: law, sampling: sampling, drawCount: drawCount, copies: copies)
    let size = bound.expectedCount(precision: boundPrecision).upper
    let missBits = size < Real(1) ? -(size.binaryExponent ?? 0) : 0
    if missBits > precision + 8 {
      let miss = bound.probability(precision: precision)
      let tails = Tails(probability: miss.complement(precision: precision + 1), complement: miss)
      if tails.isWithin(relativePrecision: precision) { return tails }
    }
    return try withComplement(precision, spare: min(max(missBits, 0), precision + 64)) {
      try allByContour($0)
    }
  }

  /// A probability and its complement, from enclosures of the former that are `spare` bits narrower
  /// and more where that does not do.
  func withComplement(
    _ precision: Int, spare: Int, _ probability: (Int) throws -> Enclosure
  ) throws -> Tails {
    var working = precision + 4 + spare
    while working < 1 << 24 {
      let value = try probability(working)
      let tails = Tails(probability: value, complement: value.complement(precision: working + 8))
      if tails.isWithin(relativePrecision: precision) { return tails }
      working += 8 + max(8, precision - (tails.complement.accurateBits ?? 0))
    }
    throw ConvergenceError(operation: "the contour integral", precisionReached: working)
  }

  private func allByContour(_ precision: Int) throws -> Enclosure {
    // The saddle point exists above the lowest degree only.
    if drawCount == copies * law.classCount { return lowestCoefficient(precision) }
    return try contour(CopiesFunction(law: law, sampling: sampling, copies: copies))
      .enclosure(precision: precision)
  }

  func contour<Function: GeneratingFunction>(
    _ function: Function
  ) -> ContourProbability<Function> {
    ContourProbability(function: function, degree: drawCount) {
      [law, sampling, drawCount] radius, precision in
      sampling.drawWeight(
        total: law.total, drawCount: drawCount, radius: radius, unit: law.unitExponent,
        precision: precision)
    }
  }

  /// v_(mC): every class exactly m times, (mC)! prod_c w_c^m/m! / M^(mC) or prod_c binom(m_c, m) /
  /// binom(M, mC).
  private func lowestCoefficient(_ precision: Int) -> Enclosure {
    // At most 4 roundings for each group and bit of a power, each of which costs 2^-working C.
    let working = precision + 20 + 3 * (Int.bitWidth - drawCount.leadingZeroBitCount)
    var product = RealBall(1, precision: working)
    for group in law.groups {
      var factor: RealBall
      if sampling == .withReplacement {
        factor = RealBall(group.weight, precision: working)
        factor.formPower(copies)
        factor.divide(by: Factorials.factorial(copies, precision: working))
      } else {
        factor = Factorials.binomial(group.weight.int ?? .max, copies, precision: working)
      }
      factor.formPower(group.classCount)
      product.multiply(by: factor)
    }
    product.divide(
      by: sampling.drawWeight(
        total: law.total, drawCount: drawCount, radius: 1, precision: working))
    return product.enclosure().clampedToProbability
  }

  // MARK: - Exact

  /// The probability as a fraction, or nil if that is more work than `workLimit` word operations.
  func exactIfCheap(workLimit: Double) -> Rational? {
    let recurrence = ClassConvolution(law: law, sampling: sampling, copies: copies)
    if goal.isComplete(for: law) {
      return recurrence.coverage(drawCount: drawCount, workLimit: workLimit)
    }
    if copies == 1 {
      let sum = InclusionExclusion(law: law, sampling: sampling, drawCount: drawCount)
      let top = min(drawCount, law.classCount)
      if let all = sum.exactDistinctLaw(upTo: top, workLimit: workLimit) {
        return all[needed...].reduce(0, +)
      }
      if method == .inclusionExclusion { return nil }
    }
    return recurrence.distinctLaw(drawCount: drawCount, workLimit: workLimit)?[needed...]
      .reduce(0, +)
  }
}
