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

  /// The most pairs that are kept.
  static let pairLimit = 1 << 24

  /// - Parameters:
  ///   - own: w_c, the size of the anchor's class.
  ///   - other: w_j.
  ///   - total: M.
  ///   - isCapped: Whether n stands for min(n, m + 1).
  /// - Returns: nil if the window would have more than `pairLimit` pairs.
  init?(
    own: Int, other: Int, total: Int, sampling: SamplingScheme, negativeCount k: Int,
    isCapped: Bool
  ) {
    let marginal = LatticeWindow(
      .collisions(
        ownWeight: Integer(own), total: Integer(total), sampling: sampling, negativeCount: k),
      tail: 0x1p-58)
    // The law of n given m is that of k - m draws from the other classes.
    let others: CountLaw =
      sampling == .withReplacement
      ? .binomial(trialCount: 0, success: Integer(other), failure: Integer(total - own - other))
      : .hypergeometric(trialCount: 0, items: total - own, matching: other)
    error = marginal.error
    // All rows are about as long as that of the most probable m: a window that is far too large is
    // not begun.
    let typical = LatticeWindow(
      others.withTrialCount(k - Int(saturating: Double(k) * Double(own) / Double(total))),
      tail: 0x1p-58)
    if typical.weights.count * marginal.weights.count > 2 * Self.pairLimit { return nil }
    for (offset, chance) in marginal.weights.enumerated() {
      let m = marginal.first + offset
      // Of an improbable row less need be kept.
      let conditional = LatticeWindow(
        others.withTrialCount(k - m), tail: min(0x1p-10, 0x1p-58 / chance))
      error += chance * conditional.error
      var first = conditional.first
      var values = conditional.weights
      if isCapped, first + values.count > m + 2 {
        // All n from m + 1 on become m + 1.
        let kept = max(0, m + 1 - first)
        let sum = values[kept...].reduce(0, +)
        values.removeSubrange(kept...)
        values.append(sum)
        first = min(first, m + 1)
        error += chance * 0x1p-53 * Double(conditional.weights.count)
      }
      rows.append(
        LogarithmicRow(m: m, firstN: first, start: weights.count, count: values.count))
      chain = max(chain, values.count)
      for value in values { weights.append(chance * value) }
      if weights.count > Self.pairLimit { return nil }
    }
    chain = max(chain, rows.count)
    // A product of two weights rounds once, by 2^-53 of the sum. The hundredth that the errors of
    // windows have to spare covers second-order terms and the roundings of this sum.
    error += 0x1p-52
  }
}
