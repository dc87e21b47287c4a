// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface
internal import Kernels

/// The expectation of ln X, X = b+ + b_1 + ... + b_K, for many K at once: b+ is uniform among some
/// values, and b_k are independent of one law, all in (0, 1].
///
/// With phi(s) = E e^{-s b_k} = 1 - q(s) and pi(s) = E e^{-s b+}, F(s) = E e^{-s X} = pi(s) phi(s)^K:
///
///     E ln X = int over s > 0 of (e^{-s} - F(s)) ds/s,
///     E b+/X = b+ int over s > 0 of F(s) ds,  for one b+,
///
/// in s = e^u by the trapezoidal rule with step h = (ln 2)/2. Errors, all absolute:
/// - of the rule: the integrands are analytic for |Im u| < pi/2, and the error is at most
///   2 N/(e^{2 pi a/h} - 1) for any a below, N the larger integral of their size along Im u = +-a.
///   There |e^{-sX}| = e^{-|s| X cos a}, so that with cos a = 1/50 N is at most some
///   2 |E ln X| + 14: the error is below 1.3e-12 N, less than 1e-10 (tests see 1e-12);
/// - on the left, where s (K + 1) <= 1e-7: e^{-s} - F = s (E X - 1) is summed in closed form; what is
///   left out is below h (1e-7)^2;
/// - on the right, where s min b+ + K q(s) >= 36: F <= e^-36 = 2.3e-16, and falls from there on;
/// - of rounding: a relative error e of q changes F by at most K q F e <= e/2.7 at each node, and e is
///   about 1e-13 (see `addTransforms`); the two sums of no more than 200 terms of at most 1 cancel,
///   which costs 200 u = 2e-14.
///
/// Which nodes count for K depends on K and the law alone: results are the same to the last bit
/// whatever other K are computed beside it.
struct ExpectedLogarithm {
  /// h.
  static let step = 0.346_573_590_279_972_65

  /// Where F is negligible: e^-36.
  static let negligible = 36.0

  /// The least b+: e^(-2/t) at the lowest temperature, less what single precision may take away.
  static let leastPositive = exponential(-2.01 / TrainingConfiguration.temperatures.lowerBound)

  /// The numbers K.
  let negativeCounts: [Int]

  /// The first node that any K needs.
  private let lowest: Int
  /// s at the nodes from the lowest on, as many as ever are.
  private let nodes: [Double]
  /// For each K its first node.
  private let firstNodes: [Int]
  /// For each K the sum of e^{-s} over the nodes from its first on.
  private let references: [Double]

  /// What is needed for numbers K >= 1.
  init(negativeCounts: [Int]) {
    self.negativeCounts = negativeCounts
    firstNodes = negativeCounts.map { Self.firstNode(negativeCount: $0) }
    lowest = firstNodes.min() ?? 0
    let last = Self.groupedNode(of: Self.leastPositive) + TransformLayout.groupSize
    nodes = (lowest..<last).map { TransformLayout.node($0) }
    // Summed from the right, where terms are small, to the first node of all.
    var sums: [Int: Double] = [:]
    var total = 0.0
    for k in (lowest...Self.groupedNode(of: 1)).reversed() {
      total += exponential(-TransformLayout.node(k))
      sums[k] = total
    }
    references = firstNodes.map { sums[$0] ?? 0 }
  }

  /// The last node with s (K + 1) <= 1e-7.
  private static func firstNode(negativeCount: Int) -> Int {
    let limit = 1e-7 / (Double(negativeCount) + 1)
    var k = 2 * Int(limit.exponent) + 10
    while TransformLayout.node(k) > limit { k -= 1 }
    return k
  }

  /// The first node at which s b+ is so large that F is negligible whatever K is.
  private static func groupedNode(of smallest: Double) -> Int {
    let limit = negligible / smallest
    var k = 2 * Int(limit.exponent) + 6
    while TransformLayout.node(k) < limit { k += 1 }
    return k
  }

  /// How many groups of nodes an anchor needs at most whose smallest b+ this is.
  static func groupCount(smallestPositive: Double) -> Int {
    let size = TransformLayout.groupSize
    return max(0, (groupedNode(of: smallestPositive) + size - 1) / size)
  }

  /// How many groups are still needed where some of the sums are: a group is not if F is negligible
  /// at its first node for all K already, for sums only grow.
  ///
  /// - Parameters:
  ///   - sums: As `TransformLayout` has them, for `groups` groups.
  ///   - scale: What makes means of sums.
  static func neededGroups(
    of groups: Int, sums: UnsafePointer<Double>, scale: Double, smallestPositive: Double,
    leastNegativeCount: Int
  ) -> Int {
    var groups = groups
    while groups > 0 {
      let k = TransformLayout.groupSize * (groups - 1)
      let q = unsafe sums[TransformLayout.momentCount + k] * scale
      let s = TransformLayout.node(k)
      guard isNegligible(s, q, smallestPositive, Double(leastNegativeCount)) else { break }
      groups -= 1
    }
    return groups
  }

  @inline(__always)
  private static func isNegligible(
    _ s: Double, _ q: Double, _ smallestPositive: Double, _ negativeCount: Double
  ) -> Bool {
    s * smallestPositive + negativeCount * q >= negligible
  }

  /// How many doubles `evaluate` works in.
  func workspaceCount(groups: Int) -> Int { 4 * nodeCount(groups: groups) }

  private func nodeCount(groups: Int) -> Int {
    max(0, TransformLayout.groupSize * groups - lowest)
  }

  /// The expectations for one law.
  ///
  /// - Parameters:
  ///   - sums: As `TransformLayout` has them, of the law of b_k.
  ///   - groups: How many groups of nodes there are.
  ///   - scale: What makes means of sums.
  ///   - positives: b+, (positiveCount).
  ///   - workspace: (`workspaceCount(groups:)`), overwritten.
  ///   - logarithms: E ln X for each K, assigned.
  ///   - shares: E b+/X for each K, assigned; nil if it is not wanted. There is one b+ then.
  /// - Complexity: O(nodes (positives + K's)), some 100 nodes.
  func evaluate(
    sums: UnsafePointer<Double>, groups: Int, scale: Double,
    positives: UnsafePointer<Double>, positiveCount: Int, workspace: UnsafeMutablePointer<Double>,
    kernels: any KernelSet, logarithms: UnsafeMutablePointer<Double>,
    shares: UnsafeMutablePointer<Double>?
  ) {
    let count = nodeCount(groups: groups)
    let (q, logs) = unsafe (workspace, workspace + count)
    let (factors, weighted) = unsafe (workspace + 2 * count, workspace + 3 * count)
    var (smallest, mean, square) = (Double.infinity, 0.0, 0.0)
    for v in 0..<positiveCount {
      let b = unsafe positives[v]
      smallest = min(smallest, b)
      mean += b / Double(positiveCount)
      square += b * b / Double(positiveCount)
    }
    for index in 0..<count {
      let k = lowest + index
      let s = nodes[index]
      let share =
        k < 0
        ? unsafe Self.transform(sums, scale, s)
        : unsafe sums[TransformLayout.momentCount + k] * scale
      unsafe q[index] = share
      unsafe logs[index] = Self.logarithmOfComplement(share)
      // pi(s); the series leaves out (s b+)^3/6 < 2e-16.
      var factor = 1 - s * (mean - 0.5 * s * square)
      if s > 1e-5 {
        factor = 0
        for v in 0..<positiveCount { unsafe factor += exponential(-s * positives[v]) }
        factor /= Double(positiveCount)
      }
      unsafe factors[index] = factor
      unsafe weighted[index] = factor * s
    }
    for (index, negativeCount) in negativeCounts.enumerated() {
      let exponent = Double(negativeCount)
      let start = firstNodes[index] - lowest
      var end = start
      while end < count,
        unsafe !Self.isNegligible(nodes[end], q[end], smallest, exponent)
      { end += 1 }
      let nodeCount = end - start
      let sum = unsafe kernels.powerSum(
        logs + start, factors: factors + start, count: nodeCount, exponent: exponent)
      // The nodes left of the first: their sum is s/(sqrt 2 - 1).
      let left = nodes[start] * 2.414_213_562_373_095
      let expected = unsafe mean + exponent * (sums[0] * scale)
      unsafe logarithms[index] =
        Self.step * (references[index] - sum + left * (expected - 1))
      guard let shares = unsafe shares else { continue }
      let area = unsafe kernels.powerSum(
        logs + start, factors: weighted + start, count: nodeCount, exponent: exponent)
      unsafe shares[index] = Self.step * mean * (area + left)
    }
  }

  /// q(s) by moments, s <= 2^-4.
  @inline(__always)
  private static func transform(
    _ sums: UnsafePointer<Double>, _ scale: Double, _ s: Double
  ) -> Double {
    var p = unsafe sums[6] * (1.0 / 5040)
    p = unsafe sums[5] * (1.0 / 720) - s * p
    p = unsafe sums[4] * (1.0 / 120) - s * p
    p = unsafe sums[3] * (1.0 / 24) - s * p
    p = unsafe sums[2] * (1.0 / 6) - s * p
    p = unsafe sums[1] * 0.5 - s * p
    return unsafe s * scale * (sums[0] - s * p)
  }

  /// ln(1 - q), to within a few ulps for every q in 0 ... 1; minus infinity from 1 on.
  @inline(__always)
  private static func logarithmOfComplement(_ q: Double) -> Double {
    if q < 1e-5 { return -q * (1 + q * (0.5 + q * (1.0 / 3))) }
    let u = 1 - q
    // What u has lost of q is made up for: ln(1 - q) is ln u times q over 1 - u, nearly.
    return u > 0 ? logarithm(u) * (q / (1 - u)) : -.infinity
  }
}
