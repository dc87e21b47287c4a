// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What has been computed of a law of D_n: one window or one run of a recurrence answers for many d.
final class DistinctTable: Sendable {
  private let law: LabelLaw
  private let sampling: SamplingScheme
  private let drawCount: Int
  private let method: OccupancyMethod
  private let support: ClosedRange<Int>

  /// The probabilities known to at least so many bits, and sums of the first few of them.
  private struct Known {
    var precision = 0
    var values: [Int: Enclosure] = [:]
    /// How far the last window reached from its centre.
    var reach = 0
    /// P(D_n <= d) for the last d asked for.
    var sum: (distinctCount: Int, value: Enclosure)?
  }

  private let known = Mutex(Known())
  private let exact = Memo<[Rational]>()

  init(
    law: LabelLaw, sampling: SamplingScheme, drawCount: Int, method: OccupancyMethod,
    support: ClosedRange<Int>
  ) {
    self.law = law
    self.sampling = sampling
    self.drawCount = drawCount
    self.method = method
    self.support = support
  }

  /// P(D_n = d) to a relative width of at most 2^-precision, d in the support.
  func pmf(_ d: Int, precision: Int) throws -> Enclosure {
    prepare(precision)
    if let value = known.withLock({ $0.values[d] }) { return value }
    let found = try compute(around: d, precision: max(precision, known.withLock { $0.precision }))
    known.withLock { known in
      for (d, value) in found { known.values[d] = value }
    }
    guard let value = found[d] else { preconditionFailure("the window holds its own centre") }
    return value
  }

  /// P(D_n <= d) to the same accuracy: terms from d downwards until the rest is negligible.
  func cdf(_ d: Int, precision: Int) throws -> Enclosure {
    prepare(precision)
    // A long sum may be a certainty: then 1 is the enclosure's upper end.
    if d - support.lowerBound > 256, let more = bound.aboveMean(d + 1, atMost: precision + 2) {
      return Enclosure(lower: Real(0), upper: more).complement(precision: precision + 4)
    }
    let last = known.withLock { $0.sum }
    var (next, sum) = (d, Enclosure(0))
    while next >= support.lowerBound {
      if let last, last.distinctCount == next {
        sum = sum.adding(last.value, precision: precision + 24)
        break
      }
      let term = try pmf(next, precision: precision + 1)
      // At most 2^20 terms, each rounded once: 21 bits more than the terms have.
      sum = sum.adding(term, precision: precision + 24)
      next -= 1
      // What is left is below 2^-(precision + 3) of the sum; asked only where that is likely.
      let size = sum.lower.binaryExponent ?? 0
      if next >= support.lowerBound, (term.upper.binaryExponent ?? 0) < size - precision - 12,
        let rest = bound.belowMean(next, atMost: precision + 4 - size)
      {
        sum = sum.adding(Enclosure(lower: Real(0), upper: rest), precision: precision + 24)
        break
      }
    }
    let value = sum
    known.withLock { $0.sum = (d, value) }
    return value
  }

  private var bound: DistinctBound {
    DistinctBound(law: law, sampling: sampling, drawCount: drawCount)
  }

  /// Forgets what is not known well enough. All asked for takes one bit more, for sums.
  private func prepare(_ precision: Int) {
    known.withLock { known in
      if known.precision < precision { known = Known(precision: precision + 1) }
    }
  }

  // MARK: - Methods

  private func compute(around d: Int, precision: Int) throws -> [Int: Enclosure] {
    switch method {
    case .inclusionExclusion:
      return Self.enclosures(try exactLaw(byInclusionExclusion: true), precision)
    case .stirling:
      return try byRecurrence(precision)
    case .contour:
      return try byContour(around: d, precision)
    case .auto:
      // A short recurrence costs less than one window.
      if law.isUniform && drawCount <= 20_000 / law.classCount {
        return try byRecurrence(precision)
      }
      return try byContour(around: d, precision)
    }
  }

  private func byRecurrence(_ precision: Int) throws -> [Int: Enclosure] {
    guard law.isUniform else {
      guard
        let exact = ClassConvolution(law: law, sampling: sampling).distinctLaw(
          drawCount: drawCount, workLimit: 2e10)
      else {
        throw StirlingRecurrence.refusal(
          "the recurrence over \(law.classCount) unequal classes and \(drawCount) draws",
          "over a minute in exact integers")
      }
      return Self.enclosures(exact, precision)
    }
    let all = try StirlingRecurrence(law: law, sampling: sampling)
      .distinctLaw(drawCount: drawCount, precision: precision)
    return Dictionary(uniqueKeysWithValues: support.map { ($0, all[$0]) })
  }

  private func byContour(around d: Int, _ precision: Int) throws -> [Int: Enclosure] {
    // With n distinct labels no draw repeats another: there is no saddle point.
    if d == drawCount { return [d: allDistinct(precision)] }
    if law.isUniform { return [d: try byCoverage(d, precision)] }
    var bits = Double(precision + 8)
    var working: Int?
    var center = windowCenter(for: d)
    // Each round adds what the last one missed.
    for _ in 0..<24 {
      guard
        let plan = OccupancyPlan(
          law: law, sampling: sampling, drawCount: drawCount, possible: support,
          distinctCount: center, bits: bits)
      else {
        if center != d {
          center = d
          continue
        }
        if method == .auto { return Self.enclosures(try exactLaw(), precision) }
        throw CapacityError(
          request: "the probability of \(d) distinct labels among \(drawCount) draws",
          estimate: "too many nodes", suggestion: "ask for a number nearer to the mean")
      }
      guard plan.range.contains(d) else {
        center = d
        continue
      }
      let planned = plan.workingPrecision(for: precision)
      let chosen = max(planned, working ?? planned)
      let window = OccupancyWindow(plan: plan, precision: chosen)
      if window[d].isWithin(relativePrecision: precision) {
        known.withLock { $0.reach = plan.range.upperBound - center }
        let good = window.range.filter { window[$0].isWithin(relativePrecision: precision) }
        return Dictionary(uniqueKeysWithValues: good.map { ($0, window[$0]) })
      }
      let missing = max(8, precision - (window[d].accurateBits ?? 0))
      bits += Double(missing + 8)
      working = fastPrecision(atLeast: chosen + missing + 16)
      center = d
    }
    throw ConvergenceError(operation: "the contour integral", precisionReached: working ?? 0)
  }

  /// Where to centre a window that serves d: laws are asked for in order, so that next to a d that is known
  /// the window lies on the other side of d, about as far as the last one reached.
  private func windowCenter(for d: Int) -> Int {
    let (hasLess, hasMore, reach) = known.withLock { known in
      (known.values[d - 1] != nil, known.values[d + 1] != nil, known.reach)
    }
    guard hasLess != hasMore else { return d }
    let step = reach * 7 / 8
    return min(
      max(hasLess ? d + step : d - step, support.lowerBound), min(law.classCount, drawCount) - 1)
  }

  /// P(D_n = d) = binom(C, d) P(no draw falls in the other C - d classes) v_n(d classes), for equal
  /// classes.
  private func byCoverage(_ d: Int, _ precision: Int) throws -> Enclosure {
    // A power of n errs by less than 4n units, three products and a coverage by one each.
    let working = precision + 8 + Int.bitWidth - drawCount.leadingZeroBitCount
    let others = SubsetLevels.Term(
      weight: law.smallestWeight * Integer(law.classCount - d), count: 1)
    var chance = MissWeights(law: law, sampling: sampling, drawCount: drawCount)
      .sum([others], precision: working)
    chance.multiply(by: Factorials.binomial(law.classCount, d, precision: working))
    let covered = try CoverageProbability(
      law: law.keepingClasses(d), sampling: sampling, drawCount: drawCount, method: method
    ).tails(precision: precision + 4).probability
    return chance.enclosure().multiplied(by: covered, precision: working).clampedToProbability
  }

  /// P(D_n = n) = n! e_n(p), e_n the elementary symmetric polynomial of the probabilities, or
  /// e_n(m)/binom(M, n) without replacement: positive terms only.
  private func allDistinct(_ precision: Int) -> Enclosure {
    // At most C additions and products in a row.
    let working = precision + 16 + 2 * (Int.bitWidth - law.classCount.leadingZeroBitCount)
    let value = ElementarySymmetric(law: law).value(drawCount, precision: working)
    let all = sampling.drawWeight(
      total: law.total, drawCount: drawCount, radius: 1, precision: working)
    return value.divided(by: all.enclosure(), precision: working).clampedToProbability
  }

  // MARK: - Exact

  private static func enclosures(_ law: [Rational], _ precision: Int) -> [Int: Enclosure] {
    Dictionary(
      uniqueKeysWithValues: law.enumerated().map {
        ($0.offset, Enclosure($0.element, precision: precision + 2))
      })
  }

  /// P(D_n = d) as a fraction; for equal classes by the formula of `byCoverage`.
  ///
  /// - Throws: `CapacityError` when that is too much work.
  func exactPMF(_ d: Int) throws -> Rational {
    guard law.isUniform else { return try exactLaw()[d] }
    let others = SubsetLevels.Term(
      weight: law.smallestWeight * Integer(law.classCount - d),
      count: Integer.binomial(law.classCount, d))
    let chance = InclusionExclusion(law: law, sampling: sampling, drawCount: drawCount)
      .exactLevel([others])
    let covered = try CoverageProbability(
      law: law.keepingClasses(d), sampling: sampling, drawCount: drawCount
    ).exactValue()
    return chance * covered
  }

  /// P(D_n <= d) as a fraction.
  ///
  /// - Throws: `CapacityError` when that is too much work.
  func exactCDF(_ d: Int) throws -> Rational {
    guard law.isUniform else { return try exactLaw()[...d].reduce(0, +) }
    return try (support.lowerBound...d).reduce(0) { try $0 + exactPMF($1) }
  }

  /// P(D_n = d) for d = 0...min(n, C) as fractions.
  ///
  /// - Throws: `CapacityError` when that is too much work.
  func exactLaw(byInclusionExclusion: Bool = false) throws -> [Rational] {
    try exact.value(byInclusionExclusion ? 1 : 0) { _ in
      let sum = InclusionExclusion(law: law, sampling: sampling, drawCount: drawCount)
      if let values = sum.exactDistinctLaw(upTo: support.upperBound, workLimit: 2e9) {
        return values
      }
      if !byInclusionExclusion,
        let values = ClassConvolution(law: law, sampling: sampling).distinctLaw(
          drawCount: drawCount, workLimit: 2e9)
      {
        return values
      }
      throw CapacityError(
        request:
          "the exact law of distinct labels for \(law.classCount) classes and \(drawCount) draws",
        estimate:
          "fractions of \(Int(min(Double(drawCount) * law.total.decimalLogarithm, 1e18))) digits "
          + "from too many terms",
        suggestion: "use --method contour")
    }
  }
}
