// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct UnitLengthTests {
  @Test(arguments: [1, 3, 8, 17, 64, 100])
  func `rows become those of the definition, and their lengths are returned`(columns: Int) {
    var random = RandomNumbers(50)
    let input = random.matrix(70, columns)
    let exact = Matrix(rows: 70, columns: columns)
    unsafe normalizeRowsNaive(
      input.pointer, rows: 70, columns: columns, into: exact.pointer)
    for engine in Engine.variants {
      let (output, lengths) = (Matrix(rows: 70, columns: columns), FloatVector(count: 70))
      engine.normalizeRows(input, into: output, lengths: lengths)
      // A sum of squares has the relative error of the bound, its root half of that.
      let bound = 0.5 * roundingBound(columns) + 4 * 0x1p-24
      let isWithin = allHold(70 * columns) { index in
        let value = Double(exact.elements[index])
        return abs(Double(output.elements[index]) - value) <= bound * abs(value)
      }
      #expect(isWithin, "seed \(RandomTests.seed)")
      #expect(allHold(70) { abs(lengths[$0] * output[$0, 0] - input[$0, 0]) <= 1e-6 })
    }
  }

  @Test func `the zero row stays zero`() {
    for engine in Engine.variants {
      let (matrix, lengths) = (Matrix(rows: 1, columns: 9), FloatVector(count: 1))
      engine.normalizeRows(matrix, into: matrix, lengths: lengths)
      #expect(matrix.elements.elements == [Float](repeating: 0, count: 9))
      #expect(lengths[0] == 1e-12)
    }
  }
}
