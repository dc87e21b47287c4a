// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct RowsTests {
  @Test(arguments: [1, 3, 10, 17])
  func `the derivative of cross-entropy is soft-max less the label`(columns: Int) {
    var random = RandomNumbers(91)
    let scores = random.matrix(6, columns)
    let labels = (0..<6).map { _ in random.index(in: 0...(columns - 1)) }
    let exact = Matrix(rows: 6, columns: columns)
    exact.elements.copy(scores.elements)
    for row in 0..<6 {
      let values = exact[row: row]
      _ = unsafe softMaxNaive(values.pointer, count: columns, factor: 1, scale: 1.0 / 6)
      values[labels[row]] -= 1.0 / 6
    }
    for engine in Engine.variants {
      let found = Matrix(rows: 6, columns: columns)
      found.elements.copy(scores.elements)
      engine.crossEntropyBackward(found, labels: labels)
      #expect(
        allHold(6 * columns) { abs(found.elements[$0] - exact.elements[$0]) <= 1e-6 },
        "seed \(RandomTests.seed)")
    }
  }
}
