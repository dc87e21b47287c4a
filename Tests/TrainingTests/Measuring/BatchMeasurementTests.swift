// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Measurements
import Randomness
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

  /// One batch: draw i is item i, with a row of `z` as the anchor and one of `w` as the key.
  private func measure(
    _ measurement: BatchMeasurement, anchors z: Matrix, keys w: Matrix, itemMeans: Matrix,
    labels: [Int]
  ) throws -> [MeasuredMean: Double] {
    let block = BatchBlock(batch: labels.indices.map { Draw(shuffled: $0) })
    let found = try measurement.measure(
      block, views: [z, w], itemMeans: { itemMeans.gathering($0) }, labels: labels,
      engine: Engine())
    return try #require(found.first)
  }

  private func rows(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { matrix[row: $0].elements.map(Double.init) }
  }

  /// Labels: all classes there, one missing, every class once, one class only, and a long batch.
  @Test(arguments: [
    [0, 1, 2, 3, 0], [0, 1, 1, 0, 2, 2], [3, 1, 2, 0], [2, 2, 2], [1, 3],
    (0..<70).map { $0 % 3 },
  ])
  func `all means of a batch are those of the definitions`(labels: [Int]) throws {
    var random = RandomNumbers(500)
    let (n, t) = (labels.count, 0.5)
    let matrices = [n, n, n, 4].map { random.matrix($0, 5) }
    for isWithoutReplacement in [true, false] {
      let measurement = BatchMeasurement(
        temperature: t, classMeans: matrices[3], classSizes: [26, 30, 40, 1],
        isWithoutReplacement: isWithoutReplacement)
      let found = try measure(
        measurement, anchors: matrices[0], keys: matrices[1], itemMeans: matrices[2],
        labels: labels)
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

  @Test func `the published gap is never above the convex one`() throws {
    var random = RandomNumbers(501)
    for _ in 0..<RandomTests.count(20) {
      let labels = (0..<8).map { _ in random.index(in: 0...2) }
      let measurement = BatchMeasurement(
        temperature: 0.3, classMeans: random.matrix(3, 4), classSizes: [8, 9, 10],
        isWithoutReplacement: true)
      let found = try measure(
        measurement, anchors: random.matrix(8, 4), keys: random.matrix(8, 4),
        itemMeans: random.matrix(8, 4), labels: labels)
      let (gap, convex) = (found[.gap, default: 0], found[.gapConvex, default: 0])
      #expect(gap <= convex + 1e-12, "seed \(RandomTests.seed)")
    }
  }

  /// Items in three views, of which two are drawn and the third is zbar.
  private struct Items {
    let views: [Matrix]
    let labels: [Int]
    let measurement: BatchMeasurement

    init(count: Int, _ random: inout RandomNumbers, isWithoutReplacement: Bool = true) {
      views = (0..<3).map { _ in random.matrix(count, 5) }
      labels = (0..<count).map { _ in random.index(in: 0...6) }
      measurement = BatchMeasurement(
        temperature: 0.3, classMeans: random.matrix(7, 5), classSizes: (0..<7).map { 9 + $0 },
        isWithoutReplacement: isWithoutReplacement)
    }

    func measure(_ block: BatchBlock, engine: Engine = Engine()) throws -> [[MeasuredMean: Double]]
    {
      try measurement.measure(
        block, views: Array(views[..<2]), itemMeans: { views[2].gathering($0) }, labels: labels,
        engine: engine)
    }
  }

  @Test func `batches of a block have the bits that each has by itself`() throws {
    var random = RandomNumbers(671)
    let items = Items(count: 61, &random)
    var generator = SplitMix64(seed: RandomTests.seed)
    let orders = (0..<7).map { _ in
      Draw.shuffledOrder(itemCount: 61, generator: &generator)
    }
    let sizes = [60, 30, 7, 2, 61]
    let joint = try items.measure(BatchBlock(orders: orders, sizes: sizes))
    let alone = try sizes.flatMap { size in
      try orders.flatMap { order in
        try (0..<61 / size).map { batch in
          let part = Array(order[batch * size..<(batch + 1) * size])
          return try #require(
            try items.measure(BatchBlock(batch: part.map { Draw(shuffled: $0) })).first)
        }
      }
    }
    #expect(joint == alone, "seed \(RandomTests.seed)")
    let part = Array(orders[0][..<60])
    let shared = try items.measure(BatchBlock(part: part, sizes: [60, 30, 2]))
    let apart = try [60, 30, 2].flatMap {
      try items.measure(BatchBlock(part: part, sizes: [$0]))
    }
    #expect(shared == apart && shared.count == 33, "seed \(RandomTests.seed)")
  }

  @Test func `neither threads nor vectors change a bit`() throws {
    var random = RandomNumbers(672)
    let items = Items(count: 400, &random)
    var generator = SplitMix64(seed: RandomTests.seed)
    let orders = (0..<3).map { _ in Draw.shuffledOrder(itemCount: 400, generator: &generator) }
    let block = BatchBlock(orders: orders, sizes: [200, 50])
    for sets in InstructionSet.availableByArithmetic {
      let found = try sets.flatMap { set in
        try [1, 2, 3, 8, 64].map { threadCount in
          try items.measure(
            block, engine: Engine(instructionSet: set, threadCount: threadCount))
        }
      }
      #expect(found.allSatisfy { $0 == found[0] }, "seed \(RandomTests.seed)")
    }
  }

  @Test func `the first draws alone may be anchors, with all others as negatives`() throws {
    var random = RandomNumbers(670)
    let n = 9
    let items = Items(count: n, &random)
    func measure(_ order: [Int], anchors: Int) throws -> [MeasuredMean: Double] {
      let block = BatchBlock(
        draws: order.map { Draw(shuffled: $0) }, positions: order.indices.map { Int32($0) },
        batches: [BatchBlock.Batch(size: n, start: 0, anchorLimit: anchors)])
      return try #require(try items.measure(block).first)
    }
    let all = Array(0..<n)
    let whole = try measure(all, anchors: n)
    // The mean over all anchors is that over the first four and that over the last five.
    let (front, back) = try (
      measure(all, anchors: 4), measure(Array(all[4...] + all[..<4]), anchors: 5)
    )
    for mean in BatchMeasurement.means {
      let values = try [whole, front, back].map { try #require($0[mean]) }
      let expected = (4 * values[1] + 5 * values[2]) / 9
      #expect(abs(values[0] - expected) < 1e-5, "\(mean), seed \(RandomTests.seed)")
    }
    let large = BatchMeasurement.anchorLimit + 1
    #expect(BatchBlock.Batch(size: large, start: 0).anchorCount == large - 1)
  }
}
