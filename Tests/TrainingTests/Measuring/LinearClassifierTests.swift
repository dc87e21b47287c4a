// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct LinearClassifierTests {
  @Test func `classes that a line separates are told apart, and others are not`() throws {
    var random = RandomNumbers(520)
    let (features, labels) = (random.matrix(20, 3), (0..<20).map { $0 % 2 })
    for row in 0..<20 { features[row, 0] = labels[row] == 0 ? -0.5 : 0.5 }
    let engine = Engine()
    let classifier = try LinearClassifier(
      features: features, labels: labels, classCount: 2, seed: 1, engine: engine)
    #expect(try classifier.accuracy(features: features, labels: labels, engine: engine) == 1)
    #expect(
      try classifier.accuracy(features: features, labels: labels.map { 1 - $0 }, engine: engine)
        == 0)
    // The exclusive or of two features: no line does better than three quarters.
    let square = Matrix(FloatVector([0, 0, 0, 1, 1, 0, 1, 1]), rows: 4, columns: 2)
    let exclusive = try LinearClassifier(
      features: square, labels: [0, 1, 1, 0], classCount: 2, seed: 1, engine: engine)
    #expect(try exclusive.accuracy(features: square, labels: [0, 1, 1, 0], engine: engine) <= 0.75)
  }
}
