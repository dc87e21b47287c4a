// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct ReductionsTests {
  @Test func `dot products of all short lengths are within the bound of rounding`() {
    var random = RandomNumbers(30)
    let engines = Engine.variants
    for count in 0...100 {
      let (a, b) = (random.vector(count), random.vector(count))
      let exact = unsafe dotProductNaive(a.pointer, b.pointer, count: count)
      let magnitude = zip(a.elements, b.elements).reduce(0) { $0 + Double(abs($1.0 * $1.1)) }
      for engine in engines {
        let error = abs(Double(engine.dotProduct(a, b)) - exact)
        #expect(error <= roundingBound(count + 1) * magnitude, "\(count) terms")
      }
    }
  }

  @Test func `column sums are within the bound of rounding, whoever adds them`() {
    var random = RandomNumbers(31)
    for (rows, columns) in [(1, 1), (5, 7), (33, 8), (64, 100), (900, 35)] {
      let matrix = random.matrix(rows, columns)
      let start = random.vector(columns)
      let exact = FloatVector(count: columns)
      exact.copy(start)
      unsafe addColumnSumsNaive(
        matrix.pointer, rows: rows, columns: columns, stride: columns, to: exact.pointer)
      for engine in Engine.variants {
        let sums = FloatVector(count: columns)
        sums.copy(start)
        engine.addColumnSums(matrix, to: sums)
        let isWithin = allHold(columns) { j in
          let magnitude = (0..<rows).reduce(Double(abs(start[j]))) {
            $0 + Double(abs(matrix[$1, j]))
          }
          return abs(Double(sums[j]) - Double(exact[j])) <= roundingBound(rows + 2) * magnitude
        }
        #expect(isWithin, "(\(rows), \(columns)), seed \(RandomTests.seed)")
      }
    }
  }
}
