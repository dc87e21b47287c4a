// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import KernelInterface
import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct BatchNormalizationTests {
  @Test(arguments: [(2, 1), (3, 7), (16, 8), (33, 17), (300, 33)])
  func `features become those of the definition, by any number of threads`(
    rows: Int, columns: Int
  ) {
    var random = RandomNumbers(70)
    let input = random.matrix(rows, columns)
    let (gamma, beta) = (random.vector(columns), random.vector(columns))
    let exact = Matrix(rows: rows, columns: columns)
    unsafe normalizeBatchNaive(
      input.pointer, rows: rows, columns: columns, stride: columns, gamma: gamma.pointer,
      beta: beta.pointer, epsilon: 1e-5, into: exact.pointer)
    for engine in Engine.variants {
      let output = Matrix(rows: rows, columns: columns)
      let (means, inverses) = (FloatVector(count: columns), FloatVector(count: columns))
      engine.normalizeBatch(
        input, gamma: gamma, beta: beta, epsilon: 1e-5, into: output, means: means,
        inverseDeviations: inverses)
      let isWithin = allHold(rows * columns) { index in
        let error = abs(Double(output.elements[index]) - Double(exact.elements[index]))
        // The mean is off by a rounding or two, which the inverse deviation magnifies.
        return error <= 2e-6 * (1 + Double(inverses[index % columns]))
      }
      #expect(isWithin, "(\(rows), \(columns)), seed \(RandomTests.seed)")
    }
  }

  @Test func `known statistics and biases transform every row alike`() {
    var random = RandomNumbers(71)
    for columns in [1, 8, 13] {
      let input = random.matrix(9, columns)
      let (scale, offset) = (random.vector(columns), random.vector(columns))
      for engine in Engine.variants {
        for hasScale in [true, false] {
          let matrix = Matrix(rows: 9, columns: columns)
          matrix.elements.copy(input.elements)
          engine.transformColumns(matrix, scale: hasScale ? scale : nil, offset: offset)
          #expect(
            allHold(9 * columns) { index in
              let j = index % columns
              let factor = hasScale ? Double(scale[j]) : 1
              let exact = Double(input.elements[index]) * factor + Double(offset[j])
              return abs(Double(matrix.elements[index]) - exact) <= 3 * 0x1p-24
            })
        }
      }
    }
  }

  @Test(arguments: [(1, 1), (7, 3), (12, 8), (30, 21)])
  func `moments are those of the definition`(count: Int, channels: Int) {
    var random = RandomNumbers(520)
    let (pixels, moments) = (random.matrix(count, channels), Matrix(rows: 2, columns: channels))
    for set in InstructionSet.available {
      unsafe set.kernels.columnMoments(
        pixels.pointer, rows: count, columns: channels, stride: channels, means: moments.pointer,
        squares: moments.pointer + channels)
      for j in 0..<channels {
        let column = (0..<count).map { Double(pixels[$0, j]) }
        let mean = column.reduce(0, +) / Double(count)
        let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        // Every value is at most 1, every deviation at most 2.
        #expect(abs(Double(moments[0, j]) - mean) <= roundingBound(count + 2))
        #expect(
          abs(Double(moments[1, j]) - squares) <= roundingBound(4 * count + 8) * Double(count) * 4)
      }
    }
  }
}
