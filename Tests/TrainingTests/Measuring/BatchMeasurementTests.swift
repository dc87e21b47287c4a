// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct BatchMeasurementTests {
  /// The means of one batch straight from the definitions: every negative by itself.
  private func naive(
    z: [[Double]], w: [[Double]], zbar: [[Double]], mu: [[Double]], labels: [Int], t: Double,
    sizes: [Int], isWithoutReplacement: Bool
  ) -> [MeasuredMean: Double] {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let n = labels.count
    let isCovered = Set(labels).count == mu.count
    var sums = [MeasuredMean: Double](
      uniqueKeysWithValues: BatchMeasurement.means.map { ($0, 0) })
    func add(_ mean: MeasuredMean, _ value: Double) { sums[mean, default: 0] += value / Double(n) }
    for i in 0..<n {
      let c = labels[i]
      let negatives = (0..<n).filter { $0 != i }
      let positive = exp(dot(z[i], w[i]) / t)
      let rest = negatives.reduce(0) { $0 + exp(dot(z[i], w[$1]) / t) }
      add(.contrastiveLoss, -log(positive / (positive + rest)))
      let logits = mu.map { exp(dot(z[i], $0) / t) }
      let supervised = -log(logits[c] / logits.reduce(0, +))
      add(.supervisedLoss, supervised)
      let present = Set(negatives.map { labels[$0] }).union([c])
      let subset = -log(logits[c] / present.reduce(0) { $0 + logits[$1] })
      let collisions = negatives.filter { labels[$0] == c }.count
      add(.collisionTerm, log(1 + Double(collisions)))
      add(.collisionRate, collisions > 0 ? 1 : 0)
      add(.coverageRate, isCovered ? 1 : 0)
      if isCovered { add(.coveredSupervisedTerm, supervised) }
      if !isCovered { add(.uncoveredSubsetTerm, subset) }
      if collisions == 0 {
        add(isCovered ? .collisionFreeCoveredTerm : .collisionFreeUncoveredTerm, subset)
      }
      let y = dot(z[i], zip(mu[c], zbar[i]).map { $0 - $1 }) / t
      add(.gap, min(0, y))
      add(.gapLinear, y)
      let shares = sizes.map { Double($0) / Double(sizes.reduce(0, +)) }
      let scores = mu.map { dot(z[i], $0) }
      let weighted = zip(shares, scores).reduce(0) { $0 + $1.0 * $1.1 }
      add(.betweenClassVariance, scores[c] - weighted)
      add(.classSeparation, scores[c] - scores.reduce(0, +) / Double(mu.count))
      let prior = zip(shares, logits).reduce(0) { $0 + $1.0 * $1.1 }
      add(.priorAdjustedLoss, -log(shares[c] * logits[c] / prior))
      let p = logits[c] / (logits[c] + negatives.reduce(0) { $0 + logits[labels[$1]] })
      let correction =
        isWithoutReplacement && sizes[c] > 1 ? p * Double(collisions) / Double(sizes[c] - 1) : 0
      add(.gapConvex, (1 - p + correction) * y)
      add(.expectedBound, -log(p))
      add(.exactGap, log(p) - log(positive / (positive + rest)))
    }
    return sums
  }

  private func rows(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { matrix[row: $0].elements.map(Double.init) }
  }

  /// Labels: all classes there, one missing, every class once, one class only, and a long batch.
  @Test(arguments: [
    [0, 1, 2, 3, 0], [0, 1, 1, 0, 2, 2], [3, 1, 2, 0], [2, 2, 2], [1, 3],
    (0..<70).map { $0 % 3 },
  ])
  func `all means of a batch are those of the definitions`(labels: [Int]) {
    var random = RandomNumbers(500)
    let (n, t) = (labels.count, 0.5)
    let matrices = [n, n, n, 4].map { random.matrix($0, 5) }
    for isWithoutReplacement in [true, false] {
      let measurement = BatchMeasurement(
        temperature: t, classMeans: matrices[3], classSizes: [26, 30, 40, 1],
        isWithoutReplacement: isWithoutReplacement)
      let found = measurement.measure(
        anchors: matrices[0], keys: matrices[1], itemMeans: matrices[2], labels: labels,
        engine: Engine())
      let exact = naive(
        z: rows(matrices[0]), w: rows(matrices[1]), zbar: rows(matrices[2]), mu: rows(matrices[3]),
        labels: labels, t: t, sizes: [26, 30, 40, 1], isWithoutReplacement: isWithoutReplacement)
      #expect(Set(found.keys) == Set(exact.keys))
      for (mean, value) in exact {
        let error = abs(found[mean, default: .nan] - value)
        #expect(error < 3e-6 * (1 + abs(value)), "\(mean), seed \(RandomTests.seed)")
      }
    }
  }

  @Test func `the published gap is never above the convex one`() {
    var random = RandomNumbers(501)
    for _ in 0..<RandomTests.count(20) {
      let labels = (0..<8).map { _ in random.index(in: 0...2) }
      let measurement = BatchMeasurement(
        temperature: 0.3, classMeans: random.matrix(3, 4), classSizes: [8, 9, 10],
        isWithoutReplacement: true)
      let found = measurement.measure(
        anchors: random.matrix(8, 4), keys: random.matrix(8, 4), itemMeans: random.matrix(8, 4),
        labels: labels, engine: Engine())
      let (gap, convex) = (found[.gap, default: 0], found[.gapConvex, default: 0])
      #expect(gap <= convex + 1e-12, "seed \(RandomTests.seed)")
    }
  }

  @Test func `the first draws alone may be anchors, with all others as negatives`() throws {
    var random = RandomNumbers(670)
    let n = 9
    let (z, w, zbar) = (random.matrix(n, 3), random.matrix(n, 3), random.matrix(n, 3))
    let labels = (0..<n).map { _ in random.index(in: 0...3) }
    let measurement = BatchMeasurement(
      temperature: 0.7, classMeans: random.matrix(4, 3), classSizes: [5, 6, 7, 8],
      isWithoutReplacement: true)
    func measure(_ order: [Int], anchors: Int) -> [MeasuredMean: Double] {
      let first = Array(order[..<anchors])
      return measurement.measure(
        anchors: z.gathering(first), keys: w.gathering(order), itemMeans: zbar.gathering(first),
        labels: order.map { labels[$0] }, engine: Engine())
    }
    let all = Array(0..<n)
    let whole = measure(all, anchors: n)
    // The mean over all anchors is that over the first four and that over the last five.
    let (front, back) = (
      measure(all, anchors: 4), measure(Array(all[4...] + all[..<4]), anchors: 5)
    )
    for mean in BatchMeasurement.means {
      let values = try [whole, front, back].map { try #require($0[mean]) }
      let expected = (4 * values[1] + 5 * values[2]) / 9
      #expect(abs(values[0] - expected) < 1e-5, "\(mean), seed \(RandomTests.seed)")
    }
  }
}
