// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels
internal import Measurements

/// What the label law alone says about collisions of independent draws: E ln(1 + Col) and
/// P(Col >= 1), with class shares rho:
///
///     E ln(1 + Col) = sum_c rho_c E ln(1 + B_c),  B_c ~ Binomial(K, rho_c),
///     P(Col >= 1) = 1 - sum_c rho_c (1 - rho_c)^K.
///
/// 1 + B_c is a sum of K independent values, 1 with probability rho_c and else 0, and of 1: see
/// `ExpectedLogarithm`.
enum CollisionExpectations {
  /// What is computed.
  static let measured: [MeasuredMean] = [.collisionTerm, .collisionRate]

  /// The means for each K.
  ///
  /// - Parameters:
  ///   - classSizes: The number of items of each class, at least 1.
  ///   - negativeCounts: The numbers K, at least 1.
  /// - Complexity: O(different sizes by numbers).
  static func means(
    classSizes: [Int], negativeCounts: [Int], kernels: any KernelSet
  ) -> [[MeasuredMean: Double]] {
    var multiplicities: [Int: Int] = [:]
    for size in classSizes { multiplicities[size, default: 0] += 1 }
    let total = Double(classSizes.reduce(0, +))
    let expectation = ExpectedLogarithm(negativeCounts: negativeCounts)
    let groups = ExpectedLogarithm.groupCount(smallestPositive: 1)
    let sums = DoubleStorage(count: TransformLayout.count(groups: groups))
    let (values, weights, chains) = (
      DoubleStorage(count: 8), DoubleStorage(count: 8), DoubleStorage(count: 16)
    )
    values[0] = 1
    let workspace = DoubleStorage(count: expectation.workspaceCount(groups: groups))
    let logarithms = DoubleStorage(count: negativeCounts.count)
    var terms = [Double](repeating: 0, count: negativeCounts.count)
    var free = terms
    for (size, multiplicity) in multiplicities.sorted(by: { $0.key < $1.key }) {
      let share = Double(size) / total
      let weight = share * Double(multiplicity)
      sums.clear()
      weights[0] = share
      unsafe kernels.addTransforms(
        values.pointer, weights: weights.pointer, count: 8, groups: groups, chains: chains.pointer,
        to: sums.pointer)
      unsafe expectation.evaluate(
        sums: sums.pointer, groups: groups, scale: 1, positives: values.pointer, positiveCount: 1,
        workspace: workspace.pointer, kernels: kernels, logarithms: logarithms.pointer, shares: nil)
      for (index, negativeCount) in negativeCounts.enumerated() {
        terms[index] += weight * logarithms[index]
        // With one class nothing is free of collisions: ln 0 would be taken.
        if share < 1 {
          free[index] += weight * exponential(Double(negativeCount) * logarithm(1 - share))
        }
      }
    }
    return negativeCounts.indices.map {
      [.collisionTerm: terms[$0], .collisionRate: 1 - free[$0]]
    }
  }
}
