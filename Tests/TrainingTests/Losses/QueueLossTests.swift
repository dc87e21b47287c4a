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

@Suite struct QueueLossTests {
  private func unitRows(_ rows: Int, _ random: inout RandomNumbers) -> Matrix {
    let matrix = random.matrix(rows, 5)
    Engine().normalizeRows(matrix, into: matrix, lengths: FloatVector(count: rows))
    return matrix
  }

  private func evaluate(
    _ queries: Matrix, _ keys: Matrix, _ negatives: Matrix, _ temperature: Float,
    gradients: Matrix, engine: Engine
  ) -> Double {
    let strip = FloatVector(
      count: QueueLoss.stripCount(queries: queries.rows, negatives: negatives.rows))
    return QueueLoss(temperature: temperature).evaluate(
      queries: queries, keys: keys, negatives: negatives, gradients: gradients, strip: strip,
      engine: engine)
  }

  @Test(arguments: [0.05, 0.5, 3] as [Float])
  func `the loss is that of its definition, and gradients are those of central differences`(
    temperature: Float
  ) {
    var random = RandomNumbers(650)
    let (queries, keys) = (unitRows(6, &random), unitRows(6, &random))
    let negatives = unitRows(19, &random)
    for engine in Engine.variants {
      let gradients = random.matrix(6, 5)
      let found = evaluate(
        queries, keys, negatives, temperature, gradients: gradients, engine: engine)
      var expected = 0.0
      for i in 0..<6 {
        func score(_ other: Matrix, _ row: Int) -> Double {
          (0..<5).reduce(0) { $0 + Double(queries[i, $1]) * Double(other[row, $1]) }
            / Double(temperature)
        }
        let sum = (0..<19).reduce(exp(score(keys, i))) { $0 + exp(score(negatives, $1)) }
        expected += (log(sum) - score(keys, i)) / 6
      }
      #expect(abs(found - expected) < 1e-5 * max(1, expected), "seed \(RandomTests.seed)")
      let scratch = Matrix(rows: 6, columns: 5)
      let error = largestGradientError(
        queries.elements, gradient: gradients.elements, step: 0.002
      ) {
        evaluate(queries, keys, negatives, temperature, gradients: scratch, engine: engine)
      }
      #expect(error < (temperature < 0.1 ? 2e-2 : 2e-3), "seed \(RandomTests.seed)")
    }
  }

  @Test func `more queries than a strip holds are the same as few, whatever the threads`() {
    var random = RandomNumbers(651)
    let n = QueueLoss.stripRows + 5
    let (queries, keys) = (unitRows(n, &random), unitRows(n, &random))
    let negatives = unitRows(40, &random)
    for set in InstructionSet.available {
      let results = [1, 3].map { count in
        let engine = Engine(instructionSet: set, threadCount: count)
        let gradients = Matrix(rows: n, columns: 5)
        let value = evaluate(queries, keys, negatives, 0.5, gradients: gradients, engine: engine)
        return (value, gradients.elements.elements)
      }
      #expect(results[0] == results[1])
      let engine = Engine(instructionSet: set)
      let rest = Matrix(rows: 5, columns: 5)
      _ = evaluate(
        queries[rows: n - 5..<n], keys[rows: n - 5..<n], negatives, 0.5, gradients: rest,
        engine: engine)
      let last = results[0].1.suffix(25).map { $0 * Float(n) / 5 }
      #expect(zip(last, rest.elements.elements).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `a loss near 0 or far from it has no overflow`() {
    let (one, other) = (
      Matrix(FloatVector([1, 0]), rows: 1, columns: 2),
      Matrix(FloatVector([-1, 0]), rows: 1, columns: 2)
    )
    let gradients = Matrix(rows: 1, columns: 2)
    let near = evaluate(one, one, other, 0.005, gradients: gradients, engine: Engine())
    #expect(
      near >= 0 && near < 1e-100 && gradients.elements.elements.allSatisfy { abs($0) < 1e-30 })
    let far = evaluate(one, other, one, 0.005, gradients: gradients, engine: Engine())
    #expect(abs(far - 400) < 1e-3 && abs(gradients[0, 0] - 400) < 1e-3)
  }
}
