// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct SoftMaxLossTests {
  /// The loss by its definition, in double precision.
  private func naive(
    _ anchors: Matrix, _ keys: Matrix, _ temperature: Double, excludesAnchor: Bool,
    positive: (Int) -> Int
  ) -> Double {
    var total = 0.0
    for i in 0..<anchors.rows {
      let products = (0..<keys.rows).map { j in
        (0..<keys.columns).reduce(0.0) { $0 + Double(anchors[i, $1]) * Double(keys[j, $1]) }
          / temperature
      }
      let sum = products.indices.reduce(0.0) { partial, j in
        excludesAnchor && j == i ? partial : partial + exp(products[j])
      }
      total += log(sum) - products[positive(i)]
    }
    return total / Double(anchors.rows)
  }

  @Test(arguments: [(1, 1), (5, 9), (64, 64), (65, 70), (130, 131)])
  func `the loss is the one of the definition, with more keys than anchors too`(
    anchorCount: Int, keyCount: Int
  ) {
    var random = RandomNumbers(200)
    let (anchors, keys) = (random.matrix(anchorCount, 5), random.matrix(keyCount, 5))
    for engine in Engine.variants {
      let loss = SoftMaxLoss(temperature: 0.25, excludesAnchor: false) { $0 }
      let value = loss.evaluate(
        anchors: anchors, keys: keys, anchorGradients: Matrix(rows: anchorCount, columns: 5),
        keyGradients: Matrix(rows: keyCount, columns: 5),
        strip: FloatVector(count: min(anchorCount, 64) * keyCount), engine: engine)
      let exact = naive(anchors, keys, 0.25, excludesAnchor: false) { $0 }
      #expect(abs(value - exact) < 1e-5 * (1 + exact), "seed \(RandomTests.seed)")
    }
  }

  @Test(arguments: [3, 66])
  func `gradients are those of central differences, and are added`(anchorCount: Int) {
    var random = RandomNumbers(201)
    let (anchors, keys) = (random.matrix(anchorCount, 3), random.matrix(anchorCount + 1, 3))
    let (anchorGradients, keyGradients) = (
      Matrix(rows: anchorCount, columns: 3), Matrix(rows: anchorCount + 1, columns: 3)
    )
    let strip = FloatVector(count: min(anchorCount, 64) * (anchorCount + 1))
    let loss = SoftMaxLoss(temperature: 0.5, excludesAnchor: false) { $0 }
    let engine = Engine(threadCount: 3)
    anchorGradients.elements.fill(1)
    _ = loss.evaluate(
      anchors: anchors, keys: keys, anchorGradients: anchorGradients, keyGradients: keyGradients,
      strip: strip, engine: engine)
    for index in 0..<anchorGradients.elements.count { anchorGradients.elements[index] -= 1 }
    func value() -> Double { naive(anchors, keys, 0.5, excludesAnchor: false) { $0 } }
    // A few rows of each strip: a difference costs a whole evaluation.
    for rows in [0..<2, anchorCount - 1..<anchorCount] {
      for (matrix, gradient) in [(anchors, anchorGradients), (keys, keyGradients)] {
        let error = largestGradientError(
          matrix[rows: rows].elements, gradient: gradient[rows: rows].elements, function: value)
        #expect(error < 1e-4, "seed \(RandomTests.seed)")
      }
    }
  }

  @Test func `an excluded anchor counts neither in the loss nor in the gradient`() {
    var random = RandomNumbers(202)
    let features = random.matrix(6, 4)
    let gradients = Matrix(rows: 6, columns: 4)
    let positive: (Int) -> Int = { ($0 + 3) % 6 }
    let loss = SoftMaxLoss(temperature: 0.5, excludesAnchor: true, positive: positive)
    let value = loss.evaluate(
      anchors: features, keys: features, anchorGradients: gradients, keyGradients: gradients,
      strip: FloatVector(count: 36), engine: Engine())
    func exact() -> Double {
      naive(features, features, 0.5, excludesAnchor: true, positive: positive)
    }
    #expect(abs(value - exact()) < 1e-5)
    let error = largestGradientError(
      features.elements, gradient: gradients.elements, function: exact)
    #expect(error < 1e-4, "seed \(RandomTests.seed)")
  }
}
