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
    /// How far the last window reached from its centre.
    var reach = 0
    /// How far one in words can reach, as the last one has it.
    var wordReach = DistinctWindow.Plan.narrowReach
    /// The seconds that values of one d each have taken.
    var seconds = 0.0
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
  private var missed: MissWeights {
    MissWeights(law: law, sampling: sampling, drawCount: drawCount)
  }

  /// P(D_n = d) to a relative width of at most 2^-precision, d in the support.
  func pmf(_ d: Int, precision: Int) throws -> Enclosure {
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
    prepare(precision)
    let isUpper = side == .atLeast
    let (end, step) = isUpper ? (support.upperBound, 1) : (support.lowerBound, -1)
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
      let work = 4 * bits * product.tiltWork
      return min(recurrence, (200e-6 + work * OperationCost.complex(bits: bits)) * count)
    }
    // By the windows about some d; d = 0, n and C have formulas of their own.
    let (first, last) = (max(1, support.lowerBound), support.upperBound - 1)
    let shares = first > last ? [] : [0.5, 1, 0, 0.75, 0.25]
    var sum = 0.0
    for share in shares where sum * count <= limit * Double(shares.count) {
      let d = first + Int(saturating: share * Double(last - first))
      let plan =
        wordPlan(serving: d, near: d, precision)?.plan
        ?? cheapestPlan(serving: d, near: d, precision)
      sum += plan?.secondsEach ?? CapacityError.patience
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
    // With n distinct labels no draw repeats another, and with none all are blank: no saddle point.
    if d == drawCount {
      let all = AllDistinct(law: law, sampling: sampling, drawCount: drawCount)
      return [d: try all.probability(precision: precision)]
    }
    if d == 0 {
      let labels = SubsetLevels.Term(weight: law.total - law.blankWeight, count: 1)
      return [d: missed.sum([labels], precision: precision + 12 + drawCount.bitLength).enclosure()]
    }
    if law.isUniform { return [d: try byCoverage(d, precision)] }
    // All classes: no tilt is large enough.
    if d == law.classCount {
      let all = try CoverageProbability(
        checking: requirement, sampling: sampling, drawCount: drawCount, method: method)
      return [d: try all.tails(precision: precision).probability]
    }
    // Where windows follow each other the next one is computed beside this one.
    let places = windowPlaces(for: d)
    let windows = Parallel.map(places.count, isWorthwhile: true) { i in
      Result { try window(serving: places[i].d, near: places[i].center, precision) }
    }
    var found = try windows[0].get()
    for next in windows.dropFirst() { found.merge((try? next.get()) ?? [:]) { $1 } }
    return found
  }

  private func window(serving d: Int, near center: Int, _ precision: Int) throws -> [Int: Enclosure]
  {
    var center = center
    var isFirst = true
    return try Refinement.result(of: "the torus", precision: precision, spare: 0) { working in
      if isFirst {
        isFirst = false
        if let (plan, reach) = wordPlan(serving: d, near: center, working) {
          known.withLock { $0.wordReach = reach }
          return attempt(
            d, DistinctWindow(plan, ComplexWord.self, precision: FixedArithmetic.precision),
            precision)
        }
      }
      guard let plan = cheapestPlan(serving: d, near: center, working) else {
        if method == .auto { return .settled(Self.enclosures(try exactLaw(), precision)) }
        throw CapacityError(
          request: "the probability of \(d) distinct labels among \(drawCount) draws",
          estimate: "too many nodes", suggestion: "ask for a number nearer to the mean")
      }
      center = d
      let exact = plan.torus.lost.ballPrecision(plan.workingBits(for: working))
      return attempt(d, DistinctWindow(plan, ComplexBall.self, precision: exact), precision)
    }
  }

  /// What a window knows well enough, if that includes d.
  private func attempt(_ d: Int, _ window: DistinctWindow, _ precision: Int)
    -> Refinement.Attempt<[Int: Enclosure]>
  {
    let missing = window[d].missingBits(relativePrecision: precision)
    guard missing == 0 else { return .missing(bits: missing) }
    known.withLock { $0.reach = (window.range.upperBound - window.range.lowerBound) / 2 }
    let good = window.range.filter { window[$0].isWithin(relativePrecision: precision) }
    return .settled(Dictionary(uniqueKeysWithValues: good.map { ($0, window[$0]) }))
  }

  /// A window about `center` if that holds d, else about d; nil if there is none.
  private func plan(
    serving d: Int, near center: Int, _ bits: Int, _ reach: Double, isSeries: Bool = false
  ) -> DistinctWindow.Plan? {
    func plan(_ center: Int) -> DistinctWindow.Plan? {
      DistinctWindow.Plan(
        product, drawCount: drawCount, possible: support, distinctCount: center,
        bits: Double(bits + 8), reach: reach, isSeries: isSeries)
    }
    if center != d, let near = plan(center), near.range.contains(d) { return near }
    return plan(d)
  }

  /// A plan in words, if they serve, and how far the next one can reach.
  private func wordPlan(serving d: Int, near center: Int, _ bits: Int)
    -> (plan: DistinctWindow.Plan, reach: Double)?
  {
    let (last, least) = (known.withLock { $0.wordReach }, DistinctWindow.Plan.narrowReach)
    for reach in last > least ? [last, least] : [least] {
      let plan = plan(serving: d, near: center, bits, reach)
      if let plan, let next = plan.wordReach(for: bits) { return (plan, next) }
    }
    return nil
  }

  /// The plan in balls of which a member takes the least time.
  private func cheapestPlan(serving d: Int, near center: Int, _ bits: Int) -> DistinctWindow.Plan? {
    let reach = DistinctWindow.Plan.seriesReach(bits: bits)
    return [
      plan(serving: d, near: center, bits, DistinctWindow.Plan.wideReach),
      plan(serving: d, near: center, bits, reach, isSeries: true),
    ].compactMap(\.self).min { $0.secondsEach < $1.secondsEach }
  }

  /// Where to centre a window that serves d: laws are asked for in order, so that next to a d that
  /// is known the window lies on the other side of d, about as far as the last one reached; and the
  /// same for the first d beyond it, which is asked for next where there are many windows to come.
  private func windowPlaces(for d: Int) -> [(d: Int, center: Int)] {
    let (hasLess, hasMore, reach) = known.withLock { known in
      (known.values[d - 1] != nil, known.values[d + 1] != nil, known.reach)
    }
    guard hasLess != hasMore else { return [(d, d)] }
    let (sign, last) = (hasLess ? 1 : -1, min(law.classCount, drawCount) - 1)
    let left = hasLess ? last - d : d - support.lowerBound
    let next = d + sign * (reach * 15 / 8 + 1)
    return (left > 16 * reach ? [d, next] : [d]).map {
      ($0, min(max($0 + sign * (reach * 7 / 8), support.lowerBound), last))
    }
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
