// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Kernels
internal import Measurements

/// What one row z of class c has to do with the class means alone: with scores z.mu_j, class sizes
/// m_j, shares rho_j = m_j / sum of m_j, and r_j = e^{z.(mu_j - mu_c)/t},
///
///     l_sup = ln(1 + sum over j != c of r_j),
///     A = z.mu_c - sum_j rho_j z.mu_j,
///     A' = z.mu_c - (1/C) sum_j z.mu_j,
///     l_adj = ln(1 + sum over j != c of (m_j/m_c) r_j), the loss with the shares as a prior.
struct RelativeScores {
  /// What is computed, in the order of `values`.
  static let means: [MeasuredMean] = [
    .supervisedLoss, .betweenClassVariance, .classSeparation, .priorAdjustedLoss,
  ]

  /// l_sup, A, A' and l_adj.
  let values: [Double]

  /// The values of a row.
  ///
  /// - Parameters:
  ///   - scores: z.mu_j, (C).
  ///   - powers: r_j, (C) or more; that of the row's class is not read.
  ///   - c: The class of the row.
  /// - Complexity: O(C).
  init(_ scores: FloatVector, powers: DoubleStorage, ofClass c: Int, classSizes: [Int]) {
    let own = Double(scores[c])
    var (all, prior, mean, weighted, total) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (j, size) in classSizes.enumerated() {
      let (score, weight) = (Double(scores[j]), Double(size))
      total += weight
      mean += score
      weighted += weight * score
      if j == c { continue }
      let r = powers[j]
      all += r
      prior += weight / Double(classSizes[c]) * r
    }
    values = [
      logarithm(1 + all), own - weighted / total, own - mean / Double(classSizes.count),
      logarithm(1 + prior),
    ]
  }
}
