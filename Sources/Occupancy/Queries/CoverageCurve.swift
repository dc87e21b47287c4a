// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// Coverage probabilities for many numbers of draws, one after another, at a fraction of the cost
/// of each alone.
///
/// Neighbouring numbers of draws share the nodes of one contour integral (`CoverageWindow`): when
/// four come with the same distance, the next ones, up to six standard deviations of the number of
/// draws long, are served from one circle; what none can serve is computed by itself. Values never
/// depend on what was asked for before, only times do.
///
/// - Complexity: For a window: one evaluation of about 30 nodes, and 30 products a number.
public struct CoverageCurve: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// The algorithm; only `auto` shares nodes.
  public let method: OccupancyMethod
  /// What the draws are to show.
  private let goal: CoverageGoal
  private var requirement: Requirement?

  private let precision: Int
  private var windows = WindowSequence()
  /// Whether the last circle was of the chance of a miss.
  private var isMiss = false

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - method: The results do not depend on it.
  ///   - goal: What the draws are to show; nodes are shared where all classes that must come count.
  ///   - significantDigits: The digits that will be asked for; beyond 19 no nodes are shared.
  public init(
    law: LabelLaw, sampling: SamplingScheme, method: OccupancyMethod = .auto,
    goal: CoverageGoal = .everyClassOnce, significantDigits: Int = 17
  ) {
    self.goal = goal
    self.law = law
    self.sampling = sampling
    self.method = method
    // As many as the first round of printing a decimal and its logarithm asks for.
    precision = ComputableReal.tailPrecision(significantDigits: min(significantDigits, 1000))
  }

  /// The same for a goal that was laid out already.
  init(
    _ requirement: Requirement, sampling: SamplingScheme, method: OccupancyMethod,
    significantDigits: Int
  ) {
    self.init(
      law: requirement.law, sampling: sampling, method: method, significantDigits: significantDigits
    )
    self.requirement = requirement
  }

  /// The coverage probability for n draws.
  ///
  /// Fastest when called with rising equidistant n.
  ///
  /// - Throws: `DomainError` as `CoverageProbability` does.
  public mutating func coverage(drawCount: Int) throws(DomainError) -> CoverageProbability {
    if requirement == nil { requirement = try goal.requirement(for: law) }
    guard let requirement else { preconditionFailure("a requirement was made") }
    let coverage = try CoverageProbability(
      checking: requirement, sampling: sampling, drawCount: drawCount, method: method)
    let canShare =
      method == .auto && precision <= CoverageWindow.largestPrecision && requirement.isComplete
    if canShare, coverage.certain == nil, let tails = sharedTails(drawCount, requirement) {
      coverage.note(tails, precision: precision)
    }
    return coverage
  }

  private mutating func sharedTails(_ n: Int, _ requirement: Requirement) -> Tails? {
    var isMiss = isMiss
    defer { self.isMiss = isMiss }
    return windows.value(n) { step, deviation in
      let (window, isOfMiss) = Self.window(
        requirement, sampling, from: n, step: step, precision: precision, deviation: deviation)
      isMiss = isOfMiss
      return window
    } accept: {
      let tails = Tails($0, precision: precision)
      return isMiss ? tails?.swapped : tails
    }
  }

  /// A circle for n, n + step, ..., of the smaller tail, and whether that is the chance of a miss;
  /// nil where none serves.
  static func window(
    _ requirement: Requirement, _ sampling: SamplingScheme, from n: Int, step: Int, precision: Int,
    deviation: Double?
  ) -> (window: CoverageWindow?, isMiss: Bool) {
    let last = requirement.failureLimit(sampling).map { $0 - 1 } ?? 1 << 45
    let product = OccupancyProduct(requirement, sampling)
    let estimate = CoverageEstimate(product)
    let isMiss = estimate.missedClasses(drawCount: Double(n)) < 0.7
    func window(_ function: some GeneratingFunction) -> CoverageWindow? {
      CoverageWindow(
        function, from: n, through: last, step: step, precision: precision, deviation: deviation)
    }
    // Rarer misses have their own bound.
    let isServed =
      isMiss
      ? estimate.logTails(drawCount: Double(n)).missed > -1000 : n > requirement.totalCopies + 1
    guard isServed else { return (nil, isMiss) }
    return (
      isMiss ? window(SomeMissed(product: product)) : window(AllReached(product: product)), isMiss
    )
  }
}
