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

/// What has been computed of a law of D_n: one window or one run of a recurrence answers for many
/// d.
final class DistinctTable: Sendable {
  /// Every class once.
  let requirement: Requirement
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
    _ requirement: Requirement, sampling: SamplingScheme, drawCount: Int, method: OccupancyMethod,
    support: ClosedRange<Int>
  ) {
    self.requirement = requirement
    self.sampling = sampling
    self.drawCount = drawCount
    self.method = method
    self.support = support
  }

  private var law: LabelLaw { requirement.law }
  private var product: OccupancyProduct { OccupancyProduct(requirement, sampling) }

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

  /// P(D_n > d) likewise: terms from d + 1 upwards.
  func ccdf(_ d: Int, precision: Int) throws -> Enclosure {
    prepare(precision)
    if support.upperBound - d > 256, let less = bound.belowMean(d, atMost: precision + 2) {
      return Enclosure(lower: Real(0), upper: less).complement(precision: precision + 4)
    }
    var (next, sum) = (d + 1, Enclosure(0))
    while next <= support.upperBound {
      let term = try pmf(next, precision: precision + 1)
      // The roundings and the rest as in `cdf`.
      sum = sum.adding(term, precision: precision + 24)
      next += 1
      let size = sum.lower.binaryExponent ?? 0
      if next <= support.upperBound, (term.upper.binaryExponent ?? 0) < size - precision - 12,
        let rest = bound.aboveMean(next, atMost: precision + 4 - size)
      {
        return sum.adding(Enclosure(lower: Real(0), upper: rest), precision: precision + 24)
      }
    }
    return sum
  }

  private var bound: DistinctBound {
    DistinctBound(product: product, drawCount: drawCount)
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
    guard let recurrence = StirlingRecurrence(requirement, sampling: sampling) else {
      guard
        let exact = ClassConvolution(requirement: requirement, sampling: sampling).distinctLaw(
          drawCount: drawCount, workLimit: 2e10)
      else {
        throw StirlingRecurrence.refusal(
          "the recurrence over \(law.classCount) unequal classes and \(drawCount) draws",
          "over a minute in exact integers")
      }
      return Self.enclosures(exact, precision)
    }
    let all = try recurrence.distinctLaw(drawCount: drawCount, precision: precision)
    return Dictionary(uniqueKeysWithValues: support.map { ($0, all[$0]) })
  }

  private func byContour(around d: Int, _ precision: Int) throws -> [Int: Enclosure] {
    // With n distinct labels no draw repeats another, and with none all are blank: no saddle point.
    if d == drawCount {
      let all = AllDistinct(law: law, sampling: sampling, drawCount: drawCount)
      return [d: try all.probability(precision: precision)]
    }
    if d == 0 { return [d: noLabel(precision)] }
    if law.isUniform { return [d: try byCoverage(d, precision)] }
    // All classes: no tilt is large enough.
    if d == law.classCount {
      let all = try CoverageProbability(
        checking: requirement, sampling: sampling, drawCount: drawCount, method: method)
      return [d: try all.tails(precision: precision).probability]
    }
    var center = windowCenter(for: d)
    var isFirst = true
    return try Refinement.result(of: "the torus", precision: precision, spare: 0) { working in
      if isFirst {
        isFirst = false
        if let plan = plan(serving: d, near: center, working, Plan.narrowReach),
          plan.workingPrecision(for: working, guardBits: 0) <= FixedArithmetic.precision
        {
          return attempt(
            d, plan, DistinctWindow(plan, ComplexWord.self, precision: FixedArithmetic.precision),
            precision)
        }
      }
      guard let plan = plan(serving: d, near: center, working, Plan.wideReach) else {
        if method == .auto {
          return .settled(Self.enclosures(try exactLaw(), precision))
        }
        throw CapacityError(
          request: "the probability of \(d) distinct labels among \(drawCount) draws",
          estimate: "too many nodes", suggestion: "ask for a number nearer to the mean")
      }
      center = d
      let exact = fastPrecision(
        atLeast: plan.workingPrecision(
          for: working, guardBits: WeightPowers<ComplexBall>.guardBits))
      return attempt(
        d, plan, DistinctWindow(plan, ComplexBall.self, precision: exact), precision)
    }
  }

  private typealias Plan = DistinctWindow.Plan

  /// What a window knows well enough, if that includes d.
  private func attempt(
    _ d: Int, _ plan: Plan, _ window: DistinctWindow, _ precision: Int
  ) -> Refinement.Attempt<[Int: Enclosure]> {
    let missing = window[d].missingBits(relativePrecision: precision)
    guard missing == 0 else { return .missing(bits: missing) }
    known.withLock { $0.reach = (plan.range.upperBound - plan.range.lowerBound) / 2 }
    let good = window.range.filter { window[$0].isWithin(relativePrecision: precision) }
    return .settled(Dictionary(uniqueKeysWithValues: good.map { ($0, window[$0]) }))
  }

  /// A window about `center` if that holds d, else about d; nil if there is none.
  private func plan(serving d: Int, near center: Int, _ bits: Int, _ reach: Double) -> Plan? {
    func plan(_ center: Int) -> Plan? {
      Plan(
        product, drawCount: drawCount, possible: support, distinctCount: center,
        bits: Double(bits + 8), reach: reach)
    }
    if center != d, let near = plan(center), near.range.contains(d) { return near }
    return plan(d)
  }

  /// Where to centre a window that serves d: laws are asked for in order, so that next to a d that
  /// is known the window lies on the other side of d, about as far as the last one reached.
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

  /// P(D_n = 0) = P(every draw is blank)^n.
  private func noLabel(_ precision: Int) -> Enclosure {
    let working = precision + 12 + Int.bitWidth - drawCount.leadingZeroBitCount
    return MissWeights(law: law, sampling: sampling, drawCount: drawCount)
      .sum([.init(weight: law.total - law.blankWeight, count: 1)], precision: working)
      .enclosure()
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
    let chance = InclusionExclusion(
      requirement: requirement, sampling: sampling, drawCount: drawCount
    ).exactLevel([others])
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
      let sum = InclusionExclusion(
        requirement: requirement, sampling: sampling, drawCount: drawCount)
      if let values = sum.exactDistinctLaw(upTo: support.upperBound, workLimit: 2e9) {
        return values
      }
      if !byInclusionExclusion,
        let values = ClassConvolution(requirement: requirement, sampling: sampling).distinctLaw(
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
