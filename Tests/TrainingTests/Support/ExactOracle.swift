// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// E ln(b+ + b_1 + ... + b_K) and, for one b+, E b+/X by `ExpectedLogarithm`, from doubles.
///
/// - Parameters:
///   - values: b_k, each with its weight; weights sum to 1.
///   - positives: b+, each as likely.
func expectations(
  values: [Double], weights: [Double], positives: [Double], negativeCounts: [Int],
  instructionSet: InstructionSet = .best
) -> (logarithms: [Double], shares: [Double]) {
  let groups = ExpectedLogarithm.groupCount(smallestPositive: positives.min() ?? 1)
  let count = (values.count + 7) / 8 * 8
  func storage(_ numbers: [Double], _ count: Int) -> DoubleStorage {
    let storage = DoubleStorage(count: count)
    for (index, number) in numbers.enumerated() { storage[index] = number }
    return storage
  }
  let sums = DoubleStorage(count: TransformLayout.count(groups: groups))
  let (b, w, chains) = (
    storage(values, count), storage(weights, count), DoubleStorage(count: 2 * count)
  )
  let kernels = instructionSet.kernels
  unsafe kernels.addTransforms(
    b.pointer, weights: w.pointer, count: count, groups: groups, chains: chains.pointer,
    to: sums.pointer)
  let expectation = ExpectedLogarithm(negativeCounts: negativeCounts)
  let workspace = DoubleStorage(count: expectation.workspaceCount(groups: groups))
  let plus = storage(positives, positives.count)
  let (logarithms, shares) = (
    DoubleStorage(count: negativeCounts.count), DoubleStorage(count: negativeCounts.count)
  )
  unsafe expectation.evaluate(
    sums: sums.pointer, groups: groups, scale: 1, positives: plus.pointer,
    positiveCount: positives.count, workspace: workspace.pointer, kernels: kernels,
    logarithms: logarithms.pointer, shares: positives.count == 1 ? shares.pointer : nil)
  return (
    negativeCounts.indices.map { logarithms[$0] }, negativeCounts.indices.map { shares[$0] }
  )
}

/// The expectation of a function of b+ + b_1 + ... + b_K, every choice enumerated.
func enumerated(
  values: [Double], weights: [Double], positives: [Double], negativeCount: Int,
  _ function: (_ positive: Double, _ sum: Double) -> Double
) -> Double {
  func mean(_ positive: Double, _ sum: Double, _ left: Int) -> Double {
    if left == 0 { return function(positive, sum) }
    return zip(values, weights).reduce(0) { $0 + $1.1 * mean(positive, sum + $1.0, left - 1) }
  }
  return positives.reduce(0) { $0 + mean($1, $1, negativeCount) } / Double(positives.count)
}
