// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Randomness
import TestSupport
import Testing

@testable import Training

@Suite struct CollisionSpreadTests {
  private func dot(_ a: FloatVector, _ b: FloatVector) -> Double {
    zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test func `the mean is over the pairs of the definition, class by class`() throws {
    var random = RandomNumbers(510)
    // A long class, a short one, one of a single image and one that is empty.
    let labels = (0..<70).map { $0 == 69 ? 2 : ($0 % 10 == 0 ? 1 : 0) }
    let (z, w) = (random.matrix(70, 4), random.matrix(70, 4))
    var classMeans: [Double] = []
    for c in 0..<4 {
      var values: [Double] = []
      for i in 0..<70 where labels[i] == c {
        for j in 0..<70 where labels[j] == c && i != j {
          values.append(abs(dot(z[row: j], w[row: i]) - dot(z[row: j], w[row: j])))
        }
      }
      if !values.isEmpty { classMeans.append(values.reduce(0, +) / Double(values.count)) }
    }
    #expect(classMeans.count == 2)
    let exact = classMeans.reduce(0, +) / Double(classMeans.count)
    let spread = CollisionSpread(labels: labels, classCount: 4)
    #expect(spread.comparedCount == 2)
    func values(_ range: Range<Int>) throws -> [Double] {
      try spread.values(of: range, anchors: z, keys: w, engine: Engine())
    }
    let found = try #require(CollisionSpread.mean(of: values(0..<2)))
    // Each class by itself has the same.
    #expect(try values(0..<1) + values(1..<2) == values(0..<2))
    #expect(abs(found - exact) < 1e-6)
  }

  @Test func `classes of one image have no pairs`() throws {
    let matrix = Matrix(rows: 2, columns: 1)
    let spread = CollisionSpread(labels: [0, 1], classCount: 2)
    #expect(spread.comparedCount == 0)
    let values = try spread.values(
      of: 0..<0, anchors: matrix, keys: matrix, engine: Engine())
    #expect(CollisionSpread.mean(of: values) == nil)
  }

  @Test func `a sample of a large class has as many items as the limit, and small ones have all`() {
    let labels = (0..<50).map { $0 < 45 ? 0 : 1 }
    var counts = [Int](repeating: 0, count: 45)
    for seed in 0..<200 {
      var generator = SplitMix64(keys: RandomTests.seed, UInt64(seed))
      let spread = CollisionSpread(
        labels: labels, classCount: 2, limit: 9, generator: &generator)
      #expect(spread.classes[0].count == 9 && spread.classes[1] == Array(45..<50))
      #expect(spread.classes[0] == Set(spread.classes[0]).sorted())
      for item in spread.classes[0] { counts[item] += 1 }
    }
    // Each is in a fifth of 200 samples: 40 times, with a standard deviation of 5.7.
    #expect(counts.allSatisfy { abs($0 - 40) < 30 }, "seed \(RandomTests.seed)")
  }
}
