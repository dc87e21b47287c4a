// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Kernels
internal import Labels
internal import Occupancy

/// The joint law of (Col, n): the negatives of the anchor's class and those of one other class, on
/// a window that holds all but a tiny part of it.
///
///     with replacement    Multinomial(K; w_c/M, w_j/M, rest)
///     without             multivariate hypergeometric: K of M - 1 items, w_c - 1 and w_j of them
struct CollisionPairWindow {
  /// Rows of equal m.
  private(set) var rows: [LogarithmicRow] = []
  /// The probabilities, rounded.
  private(set) var weights: [Double] = []
  /// A bound of sum |weight - probability| over all pairs, those outside the window included.
  private(set) var error: Double
  /// The most terms that are added one after the other, in a row or over the rows.
  private(set) var chain = 0

  /// A window of any pairs, each in a row of its own.
  init(_ pairs: [(m: Int, n: Int, weight: Double)], error: Double) {
    rows = pairs.indices.map {
      LogarithmicRow(m: pairs[$0].m, firstN: pairs[$0].n, start: $0, count: 1)
    }
    weights = pairs.map(\.weight)
    self.error = error
    chain = pairs.count
  }

  /// The most pairs that are gone through.
  static let pairLimit = 1 << 25

  /// - Parameters:
  ///   - own: w_c, the size of the anchor's class.
  ///   - other: w_j.
  ///   - total: M.
  ///   - isCapped: Whether n stands for min(n, m + 1).
  ///   - step: h, a power of two: beyond 1 pairs are moved to multiples of it (`MovedWeights`).
  /// - Returns: nil if the window would have more than `pairLimit` pairs.
  /// - Complexity: O(pairs), some pairs/h^2 of which are kept.
  init?(
    own: Int, other: Int, total: Int, sampling: SamplingScheme, negativeCount k: Int,
    isCapped: Bool, step h: Int = 1
  ) {
    let laws = Self.laws(
      own: own, other: other, total: total, sampling: sampling, negativeCount: k)
    if laws.pairCount > Self.pairLimit { return nil }
    let marginal = LatticeWindow(laws.own, tail: 0x1p-58)
    error = marginal.error
    // What was moved to the multiples of h around m.
    var (below, above) = (MovedWeights(step: h), MovedWeights(step: h))
    for (offset, chance) in marginal.weights.enumerated() {
      let m = marginal.first + offset
      // Of an improbable row less need be kept.
      let conditional = LatticeWindow(
        laws.others.withTrialCount(k - m), tail: min(0x1p-10, 0x1p-58 / chance))
      error += chance * conditional.error
      if h == 1 {
        append(m, conditional.first, conditional.weights, chance, isCapped)
        continue
      }
      if offset > 0, m % h == 0 {
        append(m - h, below, isCapped)
        (below, above) = (above, MovedWeights(step: h))
      }
      let row = MovedWeights(conditional, step: h)
      let share = Double(m % h) / Double(h)
      below.add(row, times: chance * (1 - share))
      above.add(row, times: chance * share)
    }
    if h > 1 {
      let last = marginal.first + marginal.weights.count - 1
      append(last - last % h, below, isCapped)
      append(last - last % h + h, above, isCapped)
      // Shares are exact. Three products, and up to 2h additions in a row and as many of rows, of
      // what is not negative.
      error += Double(4 * h + 16) * 0x1p-53
    }
    chain = max(chain, rows.count)
    // A product of two weights rounds once, by 2^-53 of the sum. The hundredth that the errors of
    // windows have to spare covers second-order terms and the roundings of this sum.
    error += 0x1p-52
  }

  /// Adds a row of moved weights.
  private mutating func append(_ m: Int, _ moved: MovedWeights, _ isCapped: Bool) {
    append(m, moved.first, moved.weights, 1, isCapped, step: moved.step)
  }

  /// Adds a row of equal m.
  private mutating func append(
    _ m: Int, _ firstN: Int, _ weights: [Double], _ chance: Double, _ isCapped: Bool,
    step: Int = 1
  ) {
    var (first, values) = (firstN, weights)
    var rest: Double?
    if isCapped, first + (values.count - 1) * step > m + 1 {
      // All n from m + 1 on become m + 1.
      let kept = max(0, m + step - first) / step
      let sum = values[kept...].reduce(0, +)
      values.removeSubrange(kept...)
      error += (step == 1 ? chance : sum) * 0x1p-53 * Double(weights.count)
      if step == 1 {
        values.append(sum)
        first = min(first, m + 1)
      } else {
        rest = sum
      }
    }
    append(
      LogarithmicRow(
        m: m, firstN: first, start: self.weights.count, count: values.count, step: step))
    for value in values { self.weights.append(chance * value) }
    guard let rest else { return }
    append(LogarithmicRow(m: m, firstN: m + 1, start: self.weights.count, count: 1))
    self.weights.append(chance * rest)
  }

  private mutating func append(_ row: LogarithmicRow) {
    rows.append(row)
    chain = max(chain, row.count)
  }
}

extension CollisionPairWindow {
  /// About how many pairs a window has, and rather more; all rows are about as long as that of the
  /// most probable m.
  static func pairCount(
    own: Int, other: Int, total: Int, sampling: SamplingScheme, negativeCount: Int
  ) -> Int {
    laws(
      own: own, other: other, total: total, sampling: sampling, negativeCount: negativeCount
    ).pairCount
  }

  /// The law of m and that of n among k - m draws from the other classes, for some k - m.
  private struct Laws {
    let own, others: CountLaw

    var pairCount: Int {
      let typical = others.withTrialCount(
        own.trialCount - Int(saturating: own.approximateMoments.mean))
      let counts = [own, typical].map { LatticeWindow($0, tail: 0x1p-58).weights.count }
      return counts[0] * counts[1]
    }
  }

  private static func laws(
    own: Int, other: Int, total: Int, sampling: SamplingScheme, negativeCount: Int
  ) -> Laws {
    Laws(
      own: .collisions(
        ownWeight: Integer(own), total: Integer(total), sampling: sampling,
        negativeCount: negativeCount),
      others: sampling == .withReplacement
        ? .binomial(trialCount: 0, success: Integer(other), failure: Integer(total - own - other))
        : .hypergeometric(trialCount: 0, items: total - own, matching: other))
  }
}
