// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// Laws of Col for many numbers of negatives, one after another, at a fraction of the cost of each
/// alone.
///
/// From the second on, rising numbers of negatives share the coefficients of a series in K
/// (`CollisionSeries`), if at least four would. What none serves is computed by itself. Values
/// never depend on what was asked for before, only times do.
///
/// - Complexity: For about 8/rho numbers of negatives, rho the largest class's probability: less
///   than a few laws alone; then up to 150 products of two words a number.
public struct CollisionCurve: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme

  private let precision: Int
  private var mixture: CollisionMixture?
  private var previous: Int?
  /// The last series made; it serves what follows within its range.
  private(set) var series: CollisionSeries?
  /// How many numbers to let pass before a series is tried again.
  private var pause = 0

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - significantDigits: The digits that will be asked for; beyond 20 nothing is shared.
  public init(law: LabelLaw, sampling: SamplingScheme, significantDigits: Int = 17) {
    self.law = law
    self.sampling = sampling
    // As many as the first round of printing a decimal, of a quotient of two, asks for.
    precision = ComputableReal.precision(significantDigits: min(significantDigits, 1000)) + 3
  }

  /// The law of Col for K negatives; fastest when called with rising K.
  ///
  /// - Throws: `DomainError` as `CollisionLaw` does.
  public mutating func collisions(negativeCount: Int) throws(DomainError) -> CollisionLaw {
    try law.check(sampling: sampling, negativeCount: negativeCount)
    let all = mixture ?? CollisionMixture(law, sampling, negativeCount: 0)
    mixture = all
    let here = all.withNegativeCount(negativeCount)
    defer { previous = negativeCount }
    var shared: (log: Enclosure?, tails: Tails?) = (nil, nil)
    if precision <= 94, here.isAtMost(0) == nil, let series = series(for: here) {
      let (log, tails) = (series.expectedLog(negativeCount), series.tails(negativeCount))
      if log.isNarrow(precision: precision) { shared.log = log.realEnclosure }
      if tails.free.isNarrow(precision: precision), tails.collision.isNarrow(precision: precision) {
        shared.tails = Tails(
          probability: tails.free.realEnclosure, complement: tails.collision.realEnclosure)
      }
      if shared.log == nil || shared.tails == nil {
        self.series = nil
        pause = 16
      }
    }
    return CollisionLaw(
      here, law, sampling, log: shared.log, tails: shared.tails, precision: precision)
  }

  private mutating func series(for mixture: CollisionMixture) -> CollisionSeries? {
    if let series, series.negativeCounts.contains(mixture.negativeCount) { return series }
    guard let previous, mixture.negativeCount > previous, pause == 0 else {
      pause = max(0, pause - 1)
      return nil
    }
    series = makeSeries(from: mixture, step: mixture.negativeCount - previous)
    if series == nil { pause = 16 }
    return series
  }

  /// A series that serves at least four numbers, from 0 on, where there is no law to sum over, if one
  /// of them is in its first half.
  private func makeSeries(from mixture: CollisionMixture, step: Int) -> CollisionSeries? {
    let zero = mixture.withNegativeCount(0)
    return makeSeries(zero, serving: mixture, step: step)
      ?? makeSeries(mixture, serving: mixture, step: step)
  }

  /// A series of length L with L rho <= 17/2 for the likeliest class, rho its chance: what cancels
  /// in it is near e^(2 L rho). A power of two just beyond 8 divided by a round number is within.
  private func makeSeries(
    _ start: CollisionMixture, serving mixture: CollisionMixture, step: Int
  ) -> CollisionSeries? {
    let limit = Int(saturating: min(max(log2(8.5 / start.largestChance), 0), 60))
    let first = mixture.negativeCount - start.negativeCount
    // Enough for 4096 numbers; at least four.
    let wanted = (first + min(step, 1 << 40) * 4096).bitLength
    let bits = min(wanted, limit)
    guard first <= (1 << limit) / 2, (1 << bits) - first >= 4 * step,
      let order = CollisionSeries.order(.powerOfTwo(bits) * start.largestChance)
    else { return nil }
    // r_j has a denominator (N-K0)_j.
    if sampling == .withoutReplacement, let items = law.itemCount,
      items - 1 - start.negativeCount < 1 << bits + order
    {
      return nil
    }
    guard start.negativeCount == 0 || isWorthwhile(mixture, order: order) else { return nil }
    return CollisionSeries(start, lengthBits: bits, order: order)
  }

  /// Whether the coefficients cost at most as much as four laws alone, in products of machine words:
  /// three and a fraction of one for each order, a term.
  private func isWorthwhile(_ mixture: CollisionMixture, order: Int) -> Bool {
    let (alone, terms) = CollisionExpectedLog(law: mixture).cost(precision: precision)
    return terms * (3 + Double(order) / 16) < 4 * alone
  }
}
