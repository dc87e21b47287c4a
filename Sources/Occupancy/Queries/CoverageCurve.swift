// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import ArbitraryPrecision
public import Labels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Coverage probabilities for many numbers of draws, one after another, at a fraction of the cost of each
/// alone.
///
/// Neighbouring numbers of draws share the nodes of one contour integral (`CoverageWindow`): when four
/// come with the same distance, the next ones, five standard deviations of the number of draws long, are
/// served from one circle. While v_n is below a half the circle is that of v_n, above that of 1 - v_n, so
/// both tails keep their relative accuracy. What a circle cannot serve is computed by itself; values never
/// depend on what was asked for before, only times do.
///
/// - Complexity: For d distinct numbers of a window: one evaluation of about 30 nodes, and 30 products a
///   number.
public struct CoverageCurve: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme
  /// The algorithm; only `auto` shares nodes.
  public let method: OccupancyMethod
  /// What the draws are to show.
  public let goal: CoverageGoal

  private let precision: Int
  private var previous: Int?
  private var step = 0
  /// How often the step has been the same.
  private var repeats = 0
  private var window: CoverageWindow?
  private var isMiss = false
  /// How many numbers to let pass before a circle is tried again.
  private var pause = 0

  /// The bits that circles can give.
  static let largestPrecision = 98

  /// - Parameters:
  ///   - law: The law of one label.
  ///   - sampling: With or without replacement.
  ///   - method: The algorithm; the results do not depend on it.
  ///   - goal: What the draws are to show; nodes are shared for every class once.
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
    precision = Int((Double(min(significantDigits, 1000)) * 3.32193).rounded(.up)) + 24 + 8
  }

  /// The coverage probability for n draws.
  ///
  /// Fastest when called with rising equidistant n.
  ///
  /// - Throws: `DomainError` as `CoverageProbability` does.
  public mutating func coverage(drawCount: Int) throws(DomainError) -> CoverageProbability {
    let coverage = try CoverageProbability(
      law: law, sampling: sampling, drawCount: drawCount, method: method, goal: goal)
    let canShare = method == .auto && precision <= Self.largestPrecision && goal.isPlain(for: law)
    if canShare && coverage.certain == nil {
      note(drawCount)
      if let shared = sharedTails(drawCount) {
        coverage.note(shared.tails, precision: shared.precision)
      }
    }
    return coverage
  }

  private mutating func note(_ n: Int) {
    if let previous, n > previous {
      repeats = n - previous == step ? repeats + 1 : 1
      step = n - previous
    } else {
      repeats = 0
    }
    previous = n
  }

  private mutating func sharedTails(_ n: Int) -> (tails: Tails, precision: Int)? {
    if window?.degree != n || window?.isFinished == true {
      let deviation = window?.deviation
      window = nil
      // The fourth number with the same distance.
      guard repeats >= 3, pause == 0 else {
        pause = max(0, pause - 1)
        return nil
      }
      window = makeWindow(from: n, deviation: deviation)
    }
    guard let bounds = window?.next(), let result = tails(bounds) else {
      window = nil
      pause = 16
      return nil
    }
    return result
  }

  private mutating func makeWindow(from n: Int, deviation: Double?) -> CoverageWindow? {
    var last = 1 << 45
    if sampling == .withoutReplacement {
      guard let items = law.itemCount, let smallest = law.smallestWeight.int else { return nil }
      last = items - smallest - 1
    }
    let estimate = CoverageEstimate(law: law, sampling: sampling, drawCount: n)
    isMiss = estimate.missedClasses < 0.7
    if !isMiss {
      guard n > law.classCount + 1 else { return nil }
      let function = CoverageFunction(law: law, sampling: sampling)
      return CoverageWindow(function, from: n, through: last, step: step, deviation: deviation)
    }
    // Rarer misses have their own bound.
    guard estimate.logMissProbability > -1000 else { return nil }
    let function = MissFunction(law: law, sampling: sampling)
    return CoverageWindow(function, from: n, through: last, step: step, deviation: deviation)
  }

  /// Both tails from bounds of one, and their precision.
  ///
  /// With p <= upper the complement is 1 - p >= 1 - upper, and its width the same: relatively
  /// w p/(1 - upper), besides 2^-135 for rounding.
  private func tails(_ bounds: WordEnclosure) -> (tails: Tails, precision: Int)? {
    let p = bounds.upper.approximation
    guard p < 0.99 else { return nil }
    let width = max(bounds.relativeWidth, bounds.relativeWidth * p / (1 - p)) * 1.01 + 0x1p-134
    let bits = Int(-log2(width)) - 1
    guard bits >= precision else { return nil }
    let one = bounds.enclosure
    let other = one.complement(precision: 136)
    let tails =
      isMiss
      ? Tails(probability: other, complement: one) : Tails(probability: one, complement: other)
    return (tails, bits)
  }
}
