// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) internal import ArbitraryPrecision
internal import Labels
internal import Synchronization

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
    /// The seconds that values of one d each have taken.
    var seconds = 0.0
    /// P(D_n <= d) for the last d asked for.
    var sum: (distinctCount: Int, value: Enclosure)?
  }

  private let known = Mutex(Known())
  private let windows: DistinctWindows
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
    windows = DistinctWindows(
      OccupancyProduct(requirement, sampling), drawCount: drawCount, support: support)
  }

  private var law: LabelLaw { requirement.law }
  private var product: OccupancyProduct { OccupancyProduct(requirement, sampling) }
  private var missed: MissWeights {
    MissWeights(law: law, sampling: sampling, drawCount: drawCount)
  }

  /// P(D_n = d) to a relative width of at most 2^-precision, d in the support.
  func pmf(_ d: Int, precision: Int) throws -> Enclosure {
    if let value = power(d, precision) { return value }
    prepare(precision)
    if let value = known.withLock({ $0.values[d] }) { return value }
    let start = ContinuousClock.now
    let found = try compute(around: d, precision: max(precision, known.withLock { $0.precision }))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    known.withLock {
      $0.values.merge(found) { $1 }
      $0.seconds += seconds
    }
    guard let value = found[d] else { preconditionFailure("the window holds its own centre") }
    return value
  }

  /// P(D_n <= d), or P(D_n >= d), to the same accuracy: terms from d to the end of the support until
  /// the rest is negligible.
  func tail(_ side: CountSide, _ d: Int, precision: Int) throws -> Enclosure {
    let isUpper = side == .atLeast
    let (end, step) = isUpper ? (support.upperBound, 1) : (support.lowerBound, -1)
    if d == end { return try pmf(d, precision: precision) }
    prepare(precision)
    let bound = DistinctBound(product: product, drawCount: drawCount)
    // A long sum may be a certainty: then 1 is the enclosure's upper end.
    if abs(end - d) > 256,
      let others = bound.bound(isUpper ? .atMost : .atLeast, d - step, atMost: precision + 2)
    {
      return Enclosure(lower: Real(0), upper: others).complement(precision: precision + 4)
    }
    let last = isUpper ? nil : known.withLock { $0.sum }
    var (next, sum) = (d, Enclosure(0))
    // At most 2^20 terms, each rounded once: 21 bits more than the terms have.
    func add(_ term: Enclosure) { sum = sum.adding(term, precision: precision + 24) }
    while (end - next) * step >= 0 {
      if let last, last.distinctCount == next {
        add(last.value)
        break
      }
      let term = try pmf(next, precision: precision + 1)
      add(term)
      next += step
      // What is left is below 2^-(precision + 3) of the sum; asked only where that is likely.
      let size = sum.lower.binaryExponent ?? 0
      if (end - next) * step >= 0, (term.upper.binaryExponent ?? 0) < size - precision - 12,
        let rest = bound.bound(side, next, atMost: precision + 4 - size)
      {
        add(Enclosure(lower: Real(0), upper: rest))
        break
      }
    }
    let value = sum
    if !isUpper { known.withLock { $0.sum = (d, value) } }
    return value
  }

  /// Forgets what is not known well enough. All asked for takes one bit more, for sums.
  private func prepare(_ precision: Int) {
    known.withLock { known in
      if known.precision < precision { known = Known(precision: precision + 1) }
    }
  }

  private func compute(around d: Int, precision: Int) throws -> [Int: Enclosure] {
    switch method {
    case .inclusionExclusion:
      return Self.enclosures(try exactLaw(byInclusionExclusion: true), precision)
    case .stirling: return try byRecurrence(precision)
    case .auto where isRecurrenceDue(precision): return try byRecurrence(precision)
    case .auto, .contour:
      return try byContour(around: d, precision)
    }
  }

  /// Whether the recurrence, which gives all of a law of equal classes, takes no longer than its
  /// values one by one have taken so far: then all together take at most twice what they must,
  /// however many are asked for. A short one costs less than one value.
  private func isRecurrenceDue(_ precision: Int) -> Bool {
    guard law.isUniform,
      let recurrence = StirlingRecurrence(requirement, sampling: sampling)
    else { return false }
    let seconds = recurrence.seconds(drawCount: drawCount, precision: precision)
    return seconds <= min(max(0.01, known.withLock { $0.seconds }), CapacityError.patience)
  }

  /// How long all probabilities take, about, or more than a limit if that is clear.
  func secondsOfWhole(precision: Int, limit: Double) -> Double {
    // What a method adds for errors of its own, about.
    let bits = Double(precision + 28)
    let recurrence =
      StirlingRecurrence(requirement, sampling: sampling)?
      .seconds(drawCount: drawCount, precision: precision + 28) ?? .infinity
    if method == .stirling { return recurrence }
    let (product, count) = (OccupancyProduct(requirement, sampling), Double(support.count))
    guard !law.isUniform, product.counts.count <= 1000 else {
      // A value takes a contour of its own, planned and evaluated.
      let work = 4 * bits * product.tiltWork(1)
      return min(recurrence, (200e-6 + work * OperationCost.complex(bits: bits)) * count)
    }
    // By the windows about some d; d = 0, n and C have formulas of their own.
    let (first, last) = (max(1, support.lowerBound), support.upperBound - 1)
    let shares = first > last ? [] : [0.5, 1, 0, 0.75, 0.25]
    var sum = 0.0
    for share in shares where sum * count <= limit * Double(shares.count) {
      let d = first + Int(saturating: share * Double(last - first))
      sum += windows.secondsEach(near: d, precision: precision) ?? CapacityError.patience
    }
    return sum / Double(max(1, shares.count)) * count
  }

  private func byRecurrence(_ precision: Int) throws -> [Int: Enclosure] {
    guard let recurrence = StirlingRecurrence(requirement, sampling: sampling) else {
      guard
        let exact = ClassConvolution(requirement: requirement, sampling: sampling).distinctLaw(
          drawCount: drawCount, within: CapacityError.patience)
      else {
        throw CapacityError(
          request: "the recurrence over \(law.classCount) unequal classes and \(drawCount) draws",
          estimate: CapacityError.duration(CapacityError.patience) + " in exact integers",
          suggestion: "use --method contour")
      }
      return Self.enclosures(exact, precision)
    }
    // All of the law, to as many bits as cost the same.
    let precision = recurrence.precision(drawCount, atLeast: precision)
    let all = try recurrence.distinctLaw(drawCount: drawCount, precision: precision)
    known.withLock { $0.precision = precision }
    return Dictionary(uniqueKeysWithValues: support.map { ($0, all[$0]) })
  }

  private func byContour(around d: Int, _ precision: Int) throws -> [Int: Enclosure] {
    // With n distinct labels no draw repeats another: no saddle point.
    if d == drawCount {
      let all = AllDistinct(law: law, sampling: sampling, drawCount: drawCount)
      return [d: try all.probability(precision: precision)]
    }
    if law.isUniform { return [d: try byCoverage(d, precision)] }
    // All classes: no tilt is large enough.
    if d == law.classCount {
      let all = try CoverageProbability(
        checking: requirement, sampling: sampling, drawCount: drawCount, method: method)
      return [d: try all.tails(precision: precision).probability]
    }
    let found = try windows.probabilities(serving: d, precision: precision) { other in
      known.withLock { $0.values[other] != nil }
    }
    if let found { return found }
    if method == .auto { return Self.enclosures(try exactLaw(), precision) }
    throw CapacityError(
      request: "the probability of \(d) distinct labels among \(drawCount) draws",
      estimate: "too many nodes", suggestion: "ask for a number nearer to the mean")
  }

  /// P(D_n = 0), all draws blank, and P(D_n = 1) of equal classes: terms that no method adds anything
  /// to. They may be short decimals, to tell which takes hundreds of bits, and then all of the law
  /// would be computed to so many.
  private func power(_ d: Int, _ precision: Int) -> Enclosure? {
    guard d == 0 || (d == 1 && law.isUniform) else { return nil }
    let labels = SubsetLevels.Term(weight: law.total - law.blankWeight, count: 1)
    let terms = d == 0 ? [labels] : others(1, count: Integer(law.classCount))
    return missed.sum(terms, precision: precision + 12 + drawCount.bitLength).enclosure()
      .clampedToProbability
  }

  /// The classes besides d of equal ones, as one: no draw falls there.
  private func others(_ d: Int, count: Integer) -> [SubsetLevels.Term] {
    [.init(weight: law.smallestWeight * Integer(law.classCount - d), count: count)]
  }

  /// P(D_n = d) = binom(C, d) P(no draw falls in the other C - d classes) v_n(d classes), for equal
  /// classes.
  private func byCoverage(_ d: Int, _ precision: Int) throws -> Enclosure {
    // A power of n errs by less than 4n units, three products and a coverage by one each.
    let working = precision + 8 + drawCount.bitLength
    var chance = missed.sum(others(d, count: 1), precision: working)
    chance.multiply(by: Factorials.binomial(law.classCount, d, precision: working))
    let covered = try CoverageProbability(
      law: law.keepingClasses(d), sampling: sampling, drawCount: drawCount, method: method
    ).tails(precision: precision + 4).probability
    return chance.enclosure().multiplied(by: covered, precision: working).clampedToProbability
  }

  private static func enclosures(_ law: [Rational], _ precision: Int) -> [Int: Enclosure] {
    Dictionary(
      uniqueKeysWithValues: law.enumerated().map {
        ($0.offset, Enclosure($0.element, precision: precision + 2))
      })
  }

  private var sum: InclusionExclusion {
    InclusionExclusion(requirement: requirement, sampling: sampling, drawCount: drawCount)
  }

  /// P(D_n = d) as a fraction; for equal classes by the formula of `byCoverage`.
  ///
  /// - Throws: `CapacityError` when that is too much work.
  func exactPMF(_ d: Int) throws -> Rational {
    guard law.isUniform else { return try exactLaw()[d] }
    let chance = sum.exactLevel(others(d, count: Integer.binomial(law.classCount, d)))
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
  private func exactLaw(byInclusionExclusion: Bool = false) throws -> [Rational] {
    try exact.value(byInclusionExclusion ? 1 : 0) { _ in
      let convolution = ClassConvolution(requirement: requirement, sampling: sampling)
      let patience = CapacityError.patience
      let values =
        sum.exactDistinctLaw(upTo: support.upperBound, within: patience)
        ?? (byInclusionExclusion
          ? nil : convolution.distinctLaw(drawCount: drawCount, within: patience))
      if let values { return values }
      throw CapacityError.longFraction(
        law, drawCount, of: "the exact law of distinct labels", suggestion: "use --method contour")
    }
  }
}
