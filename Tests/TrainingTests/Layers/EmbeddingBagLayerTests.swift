// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct EmbeddingBagLayerTests {
  private let layer = EmbeddingBagLayer(inputWidth: 6, rowCount: 11, width: 19)

  /// Texts of 0, 1, 3 and 5 features, two of them the same.
  private var texts: Matrix {
    Matrix(
      FloatVector([
        0, 9, 9, 9, 9, 9, 1, 4, 0, 0, 0, 0, 3, 15, 4, 10, 0, 0, 5, 2, 2, 16_777_215, 0, 21,
      ]), rows: 4, columns: 6)
  }

  private let rows = [[], [4], [4, 4, 10], [2, 2, 16_777_215 % 11, 0, 10]]

  private func forward(_ parameters: FloatVector, _ engine: Engine) -> Matrix {
    let output = Matrix(rows: 4, columns: 19)
    layer.forward(
      texts, into: output, memory: memory(parameters), mode: .evaluation, engine: engine)
    return output
  }

  private func memory(_ parameters: FloatVector) -> LayerMemory {
    LayerMemory(
      parameters: parameters, state: FloatVector(count: 0), saved: FloatVector(count: 0))
  }

  @Test func `an embedding is the mean of the rows of a text, 0 for a text without words`() {
    var random = RandomNumbers(610)
    let parameters = random.vector(layer.parameterCount)
    for engine in Engine.variants {
      let output = forward(parameters, engine)
      for (text, rows) in rows.enumerated() {
        for j in 0..<19 {
          let sum = rows.reduce(0.0) { $0 + Double(parameters[$1 * 19 + j]) }
          let mean = sum / Double(max(1, rows.count))
          #expect(abs(Double(output[text, j]) - mean) < 1e-6)
        }
      }
    }
  }

  @Test func `gradients are those of central differences, added to what is there`() {
    var random = RandomNumbers(611)
    let (parameters, given) = (random.vector(layer.parameterCount), random.matrix(4, 19))
    for engine in Engine.variants {
      let gradients = FloatVector(count: layer.parameterCount)
      gradients.fill(0.5)
      layer.backward(
        input: texts, output: given, gradient: given, into: nil, memory: memory(parameters),
        parameterGradients: gradients, engine: engine)
      for index in 0..<gradients.count { gradients[index] -= 0.5 }
      let error = largestGradientError(parameters, gradient: gradients) {
        zip(forward(parameters, engine).elements.elements, given.elements.elements)
          .reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      #expect(error < 1e-4, "seed \(RandomTests.seed)")
    }
  }

  @Test func `bits do not depend on the number of threads`() {
    var random = RandomNumbers(612)
    let big = EmbeddingBagLayer(inputWidth: 40, rowCount: 50, width: 64)
    let bags = Matrix(rows: 300, columns: 40)
    for row in 0..<300 {
      bags[row, 0] = Float(random.index(in: 0...39))
      for k in 1..<40 { bags[row, k] = Float(random.index(in: 0...1000)) }
    }
    let gradient = random.matrix(300, 64)
    for set in InstructionSet.available {
      let results = [1, 2, 3].map { count in
        let gradients = FloatVector(count: big.parameterCount)
        big.backward(
          input: bags, output: gradient, gradient: gradient, into: nil, memory: memory(gradients),
          parameterGradients: gradients,
          engine: Engine(instructionSet: set, threadCount: count))
        return gradients.elements
      }
      #expect(results[1] == results[0] && results[2] == results[0])
    }
  }

  @Test func `the rows that texts read are found, each once`() {
    let touched = TouchedRows(rowCount: 11)
    layer.insertRows(readBy: texts, into: touched)
    #expect(touched.indices.sorted() == Set(rows.joined()).sorted())
    touched.removeAll()
    #expect(touched.indices.isEmpty)
    touched.insert(10)
    #expect(touched.indices == [10])
  }

  @Test func `a bag that says it has more features than fit is refused`() async {
    await #expect(processExitsWith: .failure) {
      let bags = Matrix(FloatVector([3, 1, 1]), rows: 1, columns: 3)
      Engine().embedBags(
        bags, table: Matrix(rows: 2, columns: 2), into: Matrix(rows: 1, columns: 2))
    }
  }
}
